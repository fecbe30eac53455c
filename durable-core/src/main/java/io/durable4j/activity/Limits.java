package io.durable4j.activity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits of registered activities.
 *
 * @param timeout how long one run may take; null without a limit. A run over its time is
 *     interrupted and fails with type {@code ActivityTimedOut}
 * @param maxConcurrent how many run at a time at one worker, at least 1; {@link Integer#MAX_VALUE}
 *     without a limit of their own. All activities of a contract share it. A run over its time
 *     counts until its thread has ended
 */
public record Limits(@Nullable Duration timeout, int maxConcurrent) {
  /** No limits. */
  public static final Limits NONE = new Limits(null, Integer.MAX_VALUE);

  /** Refuses limits that are not positive. */
  public Limits {
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("An activity's timeout is positive, not " + timeout);
    }
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException(
          "At least one run at a time has to be allowed, not " + maxConcurrent);
    }
  }

  /**
   * The same with a timeout.
   *
   * @param limit how long one run may take
   * @return the limits
   */
  public Limits timeout(Duration limit) {
    return new Limits(limit, maxConcurrent);
  }

  /**
   * The same with a limit of runs at a time.
   *
   * @param limit how many run at a time at one worker, at least 1
   * @return the limits
   */
  public Limits maxConcurrent(int limit) {
    return new Limits(timeout, limit);
  }
}
