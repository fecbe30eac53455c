package io.durable4j.orchestration;

import io.durable4j.data.FailureDetails;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * When to try a failed activity again: after the <em>k</em>-th failed attempt the engine waits
 * {@code firstDelay * coefficient^(k-1)}, at most {@code maxDelay}.
 *
 * @param maxAttempts how often at most, the first included; at least 1
 * @param firstDelay the first wait; not negative
 * @param coefficient the growth; at least 1
 * @param maxDelay the longest wait
 * @param timeout a failure this long after the first attempt began, by the orchestration's clock,
 *     is the last; a wait that has begun before is followed by its attempt
 * @param retryIf which failures are worth it; called on the orchestrator's thread, must be
 *     deterministic. Failures that are marked non-retriable never are
 */
public record RetryPolicy(
    int maxAttempts,
    Duration firstDelay,
    double coefficient,
    Duration maxDelay,
    Duration timeout,
    Predicate<FailureDetails> retryIf) {
  private static final Duration UNBOUNDED = Duration.ofDays(36_500);

  /** Refuses values out of range. */
  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "maxAttempts is " + maxAttempts + ", at least 1 is needed");
    }
    if (firstDelay.isNegative() || maxDelay.isNegative() || timeout.isNegative()) {
      throw new IllegalArgumentException("Delays and timeouts of a retry policy are not negative");
    }
    if (!(coefficient >= 1) || Double.isInfinite(coefficient)) {
      throw new IllegalArgumentException(
          "coefficient is " + coefficient + ", at least 1 is needed");
    }
  }

  /**
   * A policy with equal waits, no bound on time, for every failure.
   *
   * @param maxAttempts how often at most
   * @param delay the wait
   * @return the policy
   */
  public static RetryPolicy of(int maxAttempts, Duration delay) {
    return new RetryPolicy(maxAttempts, delay, 1, UNBOUNDED, UNBOUNDED, f -> true);
  }

  /**
   * The same with growing waits.
   *
   * @param factor how much each wait grows, at least 1
   * @param longest the longest wait
   * @return the policy
   */
  public RetryPolicy backoff(double factor, Duration longest) {
    return new RetryPolicy(maxAttempts, firstDelay, factor, longest, timeout, retryIf);
  }

  /**
   * The same with a bound on the whole.
   *
   * @param limit a failure this long after the first attempt began is the last
   * @return the policy
   */
  public RetryPolicy within(Duration limit) {
    return new RetryPolicy(maxAttempts, firstDelay, coefficient, maxDelay, limit, retryIf);
  }

  /**
   * The same for some failures only.
   *
   * @param worthIt which failures
   * @return the policy
   */
  public RetryPolicy onlyIf(Predicate<FailureDetails> worthIt) {
    return new RetryPolicy(maxAttempts, firstDelay, coefficient, maxDelay, timeout, worthIt);
  }

  /**
   * The wait after a failed attempt.
   *
   * @param attempt the attempt that failed, from 1
   * @return how long to wait
   */
  public Duration delayAfter(int attempt) {
    double delay = seconds(firstDelay) * Math.pow(coefficient, attempt - 1.0);
    if (delay >= seconds(maxDelay)) {
      return maxDelay;
    }
    long whole = (long) delay;
    return Duration.ofSeconds(whole, Math.round((delay - whole) * 1e9));
  }

  private static double seconds(Duration d) {
    return d.getSeconds() + d.getNano() / 1e9;
  }
}
