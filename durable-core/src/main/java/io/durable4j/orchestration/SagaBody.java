package io.durable4j.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * What a saga does.
 *
 * @param <R> the result
 */
@FunctionalInterface
public interface SagaBody<R extends @Nullable Object> {
  /**
   * Runs on the orchestrator's thread; may wait.
   *
   * @param saga takes what undoes the work
   * @return the result
   * @throws Exception a failure, upon which what was done is undone
   */
  R run(Saga saga) throws Exception;
}
