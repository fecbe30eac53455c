package io.durable4j.client;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to work through many instances. Immutable; begin with {@link #ALL}.
 *
 * @param budget how long to go on; null until all is done. At least one instance is worked on
 * @param recursive whether descendants are worked on too
 * @param from where to go on: {@link BatchResult#next()} of an earlier call; null at the beginning
 * @param progress hears how far it came, on the calling thread, after each page
 */
public record Batch(
    @Nullable Duration budget,
    boolean recursive,
    @Nullable String from,
    Consumer<BatchResult> progress) {
  /** All of them, without descendants, and nobody is told of the progress. */
  public static final Batch ALL = new Batch(null, false, null, r -> {});

  /** Refuses a budget that is no time. */
  public Batch {
    if (budget != null && (budget.isZero() || budget.isNegative())) {
      throw new IllegalArgumentException("A time budget is longer than zero, not " + budget);
    }
  }

  /**
   * The same for a limited time.
   *
   * @param time longer than zero
   * @return the batch
   */
  public Batch within(Duration time) {
    return new Batch(time, recursive, from, progress);
  }

  /**
   * The same with all descendants.
   *
   * @return the batch
   */
  public Batch withDescendants() {
    return new Batch(budget, true, from, progress);
  }

  /**
   * The same from where an earlier call stopped.
   *
   * @param next what it gave
   * @return the batch
   */
  public Batch from(@Nullable String next) {
    return new Batch(budget, recursive, next, progress);
  }

  /**
   * The same with a listener.
   *
   * @param listener hears how far it came
   * @return the batch
   */
  public Batch telling(Consumer<BatchResult> listener) {
    return new Batch(budget, recursive, from, listener);
  }
}
