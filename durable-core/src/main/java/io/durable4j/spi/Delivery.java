package io.durable4j.spi;

import io.durable4j.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message that this worker holds under a lease. When the lease ends without renewal the message
 * comes again, to anyone. How long the lease lasts the holder knows: it asked for it.
 *
 * @param message the message
 * @param from its queue
 * @param order its place in the queue; comparable within one queue only
 * @param attempt how often it was delivered, from 1; grows with each delivery
 * @param released how many of the earlier deliveries were given back by {@link Messages#release};
 *     from 0. The others ended without an answer: that is how poison is known. A store that lost
 *     count (a crash) makes {@code attempt} smaller rather than this
 * @param receipt the store's proof of this very delivery, or null where it needs none
 */
public record Delivery(
    Message message,
    QueueId from,
    long order,
    int attempt,
    int released,
    @Nullable Object receipt) {
  /**
   * Deliveries that count for poison: this one, and the earlier ones that nobody gave back.
   *
   * @return from 1
   */
  public int counted() {
    return attempt - released;
  }
}
