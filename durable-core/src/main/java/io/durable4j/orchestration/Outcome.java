package io.durable4j.orchestration;

import io.durable4j.data.FailureDetails;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended, as a value.
 *
 * @param <V> the result
 */
public sealed interface Outcome<V extends @Nullable Object> {
  /**
   * It succeeded.
   *
   * @param value the result
   * @param <V> the result
   */
  record Ok<V extends @Nullable Object>(V value) implements Outcome<V> {}

  /**
   * It failed or was cancelled.
   *
   * @param failure why
   * @param <V> the result
   */
  record Failed<V extends @Nullable Object>(FailureDetails failure) implements Outcome<V> {}

  /**
   * Whether it succeeded.
   *
   * @return true for {@link Ok}
   */
  default boolean isOk() {
    return this instanceof Ok;
  }

  /**
   * The result, or the failure as an exception.
   *
   * @return the result
   * @throws TaskFailedException when it failed
   */
  default V get() {
    if (this instanceof Ok<V> ok) {
      return ok.value();
    }
    throw new TaskFailedException(((Failed<V>) this).failure());
  }
}
