package io.durable4j.orchestration;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something under way that an orchestrator may wait for. Used on the orchestrator's thread only.
 * Callbacks run there too, in history order, and may start tasks but not wait.
 *
 * @param <V> the result
 */
public interface Task<V extends @Nullable Object> {
  /**
   * Waits for the end.
   *
   * @return the result
   * @throws TaskFailedException when it failed; where the call's contract declares the checked
   *     exception that was thrown, that one instead
   * @throws TaskCancelledException when it was cancelled
   */
  V await();

  /**
   * Waits for the end, but not for ever: races against a durable timer, which is cancelled when it
   * loses.
   *
   * @param limit how long; zero or less does not wait
   * @return true when the task ended in time, well or badly; the task goes on otherwise
   */
  boolean awaitFor(Duration limit);

  /**
   * Waits for the end.
   *
   * @return how it ended; a cancelled task is a failure of type {@code TaskCancelled}
   */
  Outcome<V> outcome();

  /**
   * Whether it has ended. Never waits.
   *
   * @return true when {@link #await} would not wait
   */
  boolean isDone();

  /**
   * Stops waiting for it. A timer or event wait is withdrawn; an activity that already runs goes
   * on, its result is ignored. Does nothing to a task that has ended.
   */
  void cancel();

  /**
   * A task that ends with a function of this one's result, or with its failure.
   *
   * @param f the function; what it throws is the new task's failure
   * @param <R> the new result
   * @return the new task
   */
  <R extends @Nullable Object> Task<R> thenApply(Function<? super V, ? extends R> f);

  /**
   * A task that goes on with another one.
   *
   * @param f gives the other task; what it throws is the new task's failure
   * @param <R> the new result
   * @return a task that ends as the other one does
   */
  <R extends @Nullable Object> Task<R> thenCompose(Function<? super V, Task<R>> f);
}
