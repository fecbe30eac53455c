package io.durable4j.inmemory;

import io.durable4j.history.InstanceState;
import io.durable4j.message.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * An instance's state in its stored form, in two parts: a turn writes only what it may change, so
 * that a large input is written once.
 *
 * @param start what is settled when an execution begins; null where the stored one stays
 * @param progress the rest
 */
record StateText(byte @Nullable [] start, byte[] progress) {
  /** Of an execution that begins. */
  static StateText whole(InstanceState state, Encoder encoder) {
    return new StateText(encoder.encodeStart(state), encoder.encodeProgress(state));
  }

  /** Of an execution that goes on. */
  static StateText progress(InstanceState state, Encoder encoder) {
    return new StateText(null, encoder.encodeProgress(state));
  }
}
