package io.durable4j.activity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits of registered activities.
 *
 * @param timeout how long one run may take; null without a limit. A run over its time is
 *     interrupted and fails with type {@code ActivityTimedOut}
 */
public record Limits(@Nullable Duration timeout) {
  /** No limits. */
  public static final Limits NONE = new Limits(null);

  /** Refuses a timeout that is not positive. */
  public Limits {
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("An activity's timeout is positive, not " + timeout);
    }
  }

  /**
   * The same with a timeout.
   *
   * @param limit how long one run may take
   * @return the limits
   */
  public Limits timeout(Duration limit) {
    return new Limits(limit);
  }
}
