package io.durable4j.inmemory;

import io.durable4j.history.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored.
 *
 * @param order its place in the queue
 * @param id its identity
 * @param name the activity's name in lower case; null of other messages
 * @param visibleAt from when it may be received
 * @param attempts how often it was delivered
 * @param bytes the encoded message
 */
record MessageRow(
    long order,
    MessageId id,
    @Nullable String name,
    Instant visibleAt,
    int attempts,
    byte[] bytes) {
  MessageRow withAttempts(int count) {
    return new MessageRow(order, id, name, visibleAt, count, bytes);
  }

  long size() {
    return bytes.length + 96L;
  }
}
