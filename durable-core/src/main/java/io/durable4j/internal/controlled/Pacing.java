package io.durable4j.internal.controlled;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens when no thread can run, and how long that may take. Guarded by the scheduler. */
interface Pacing {
  /**
   * No thread can run: makes one able to, by the clock if need be.
   *
   * @return null when one can run now; else why none ever will, which the first thread is told
   */
  @Nullable String idle(RunQueue queue);

  /**
   * A thread gets the turn.
   *
   * @return null; or why that was one time too many, which the first thread is told
   */
  @Nullable String step();

  /** The first thread waits for something, perhaps again for the same. */
  void firstWaits(Object what);

  /** Whether the clock passes over waits that only look, rather than stop at them. */
  boolean looksApart();

  /** The clock was moved by a thread. */
  void moved();

  /** What the first thread throws, made when it has the turn again. */
  Supplier<Error> told(String why, Scheduler scheduler);
}
