package io.durable4j.inmemory;

import java.time.InstantSource;

/**
 * The settings of a backend.
 *
 * @param clock the store's clock
 * @param maxPayload the largest payload, in bytes of UTF-8
 * @param segmentBytes the least size at which a journal's segment is closed and a snapshot written
 */
record Settings(InstantSource clock, int maxPayload, long segmentBytes) {
  private static final int MAX_PAYLOAD = 16 << 20;
  private static final long SEGMENT_BYTES = 8L << 20;

  static Settings of(InstantSource clock) {
    return new Settings(clock, MAX_PAYLOAD, SEGMENT_BYTES);
  }
}
