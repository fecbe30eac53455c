package io.durable4j.activity;

import org.jspecify.annotations.Nullable;

/**
 * The code of an activity that is registered by an {@link ActivityRef}. It runs at least once for
 * each call, on any thread, with an {@link ActivityContext} at hand.
 *
 * @param <I> the input
 * @param <O> the output
 */
@FunctionalInterface
public interface ActivityFunction<I extends @Nullable Object, O extends @Nullable Object> {
  /**
   * Does the work.
   *
   * @param input the decoded input
   * @return the result, which is recorded
   * @throws Exception a failure, which is recorded as data
   */
  O run(I input) throws Exception;
}
