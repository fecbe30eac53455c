package io.durable4j.orchestration;

import io.durable4j.data.FailureDetails;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides by code whether a failed activity is tried again. Called on the orchestrator's thread, in
 * history order; must be deterministic and may not wait.
 */
@FunctionalInterface
public interface RetryHandler {
  /**
   * Decides.
   *
   * @param failed what happened
   * @return how long to wait before the next attempt, zero for at once; empty to give up
   */
  Optional<Duration> next(Attempt failed);

  /**
   * A failed attempt.
   *
   * @param number which one, from 1
   * @param failure why it failed
   * @param elapsed since the first attempt began, by the orchestration's clock
   */
  record Attempt(int number, FailureDetails failure, Duration elapsed) {}
}
