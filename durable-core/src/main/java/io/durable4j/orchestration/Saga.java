package io.durable4j.orchestration;

import java.time.Duration;

/** Takes the compensations of one {@link OrchestrationContext#saga saga} while its body runs. */
public interface Saga {
  /** How a compensation is tried again: five attempts, waiting 1 s, 2 s, 4 s, 8 s between them. */
  RetryPolicy DEFAULT_RETRY =
      RetryPolicy.of(5, Duration.ofSeconds(1)).backoff(2, Duration.ofMinutes(1));

  /**
   * Says how to undo a piece of work, tried again by {@link #DEFAULT_RETRY}. Say it before the work
   * begins where half done work is to be undone too; the compensation must then do no harm when
   * nothing was done.
   *
   * @param compensation undoes; runs on the orchestrator's thread, may wait and call activities
   * @throws OrchestratorRuleException when the body has ended
   */
  default void onFailure(Action compensation) {
    onFailure(DEFAULT_RETRY, compensation);
  }

  /**
   * The same with a retry policy. Each attempt runs the compensation from its beginning; failures
   * that are marked non-retriable are not tried again.
   *
   * @param retry when to try again
   * @param compensation undoes; runs on the orchestrator's thread, may wait and call activities
   * @throws OrchestratorRuleException when the body has ended
   */
  void onFailure(RetryPolicy retry, Action compensation);
}
