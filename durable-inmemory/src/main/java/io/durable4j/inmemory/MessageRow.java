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
 * @param text the encoded message
 */
record MessageRow(
    long order,
    MessageId id,
    @Nullable String name,
    Instant visibleAt,
    int attempts,
    MessageText text) {
  MessageRow withAttempts(int count) {
    return new MessageRow(order, id, name, visibleAt, count, text);
  }

  byte[] bytes() {
    return text.bytes();
  }

  long size() {
    return text.size() + 96L;
  }
}
