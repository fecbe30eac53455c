package io.durable4j.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receive brought.
 *
 * @param deliveries the deliveries, in queue order; empty when nothing is visible
 * @param nextVisible when a message that is hidden now becomes visible, as far as the store knows;
 *     a hint, null when it does not know or nothing is hidden
 */
public record Received(List<Delivery> deliveries, @Nullable Instant nextVisible) {
  /** Copies the list. */
  public Received {
    deliveries = List.copyOf(deliveries);
  }
}
