package io.durable4j.entity;

import org.jspecify.annotations.Nullable;

/**
 * One operation as a lambda.
 *
 * @param <S> the state
 */
@FunctionalInterface
public interface EntityFunction<S> {
  /**
   * Runs the operation.
   *
   * @param operation input, state and context
   * @return the result; nobody sees that of a signal
   * @throws Exception fails the operation, which then has done nothing
   */
  @Nullable Object run(EntityOperation<S> operation) throws Exception;
}
