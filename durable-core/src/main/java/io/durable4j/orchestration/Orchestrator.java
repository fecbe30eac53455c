package io.durable4j.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * A workflow as ordinary code. It is run again from its beginning in each episode, with the
 * recorded answers, so it must do the same again: take time, ids and randomness from the context,
 * and touch the world through activities and steps only.
 *
 * @param <I> the input
 * @param <O> the output
 */
@FunctionalInterface
public interface Orchestrator<I extends @Nullable Object, O extends @Nullable Object> {
  /**
   * Runs the workflow. Called on an engine thread; waiting leaves the method by an unwinding
   * signal.
   *
   * @param ctx the only way to the world
   * @param input the decoded input
   * @return the result, which is recorded and completes the instance
   * @throws Exception a failure, which is recorded and fails the instance
   */
  O run(OrchestrationContext ctx, I input) throws Exception;
}
