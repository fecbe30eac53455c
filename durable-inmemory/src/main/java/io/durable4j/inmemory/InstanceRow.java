package io.durable4j.inmemory;

import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Codec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it is stored.
 *
 * @param execution its execution
 * @param status its status
 * @param start the encoded part of its state that is settled when an execution begins
 * @param progress the encoded rest
 * @param history the encoded history
 * @param version the version of this row
 * @param commit the newest commit, or null
 * @param position the log position that makes this row durable
 */
record InstanceRow(
    String execution,
    OrchestrationStatus status,
    byte[] start,
    byte[] progress,
    History history,
    long version,
    @Nullable UUID commit,
    long position) {
  InstanceState state() {
    return Codec.state(start, progress);
  }

  long size() {
    return start.length + progress.length + history.bytes() + 96L;
  }
}
