package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.VisibilityDelay;
import java.time.Duration;
import java.time.Instant;

/** Times for which messages are hidden, as the queues take them: whole seconds, at most a week. */
final class Leases {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private Leases() {}

  /** At least as long; a second for a shorter one. */
  static Duration whole(Duration lease) {
    Duration rounded = rounded(lease);
    return rounded.compareTo(LEAST) < 0 ? LEAST : rounded;
  }

  /** At least as long; zero stays zero. */
  static Duration rounded(Duration delay) {
    return VisibilityDelay.of(Instant.EPOCH.plus(delay), Instant.EPOCH);
  }
}
