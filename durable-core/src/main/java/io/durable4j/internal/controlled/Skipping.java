package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Signal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A clock that jumps to the next deadline of any thread, and so many steps for each instant. */
final class Skipping implements Pacing {
  private static final int MAX_STEPS_PER_INSTANT = 200_000;

  private long stepsAtInstant;

  @Override
  public @Nullable String idle(RunQueue queue) {
    long next = queue.nextTime();
    if (next == Signal.FOREVER) {
      return "Deadlock: nothing can run and nothing has a deadline";
    }
    queue.advanceTo(next);
    stepsAtInstant = 0;
    return null;
  }

  @Override
  public @Nullable String step() {
    return ++stepsAtInstant > MAX_STEPS_PER_INSTANT
        ? "Livelock: 200,000 steps, and no time went by"
        : null;
  }

  @Override
  public void firstWaits(Object what) {}

  @Override
  public boolean looksApart() {
    return false;
  }

  @Override
  public void moved() {
    stepsAtInstant = 0;
  }

  @Override
  public Supplier<Error> told(String why, Scheduler scheduler) {
    stepsAtInstant = 0;
    DeadlockException e = new DeadlockException(why + ", " + scheduler.dump());
    return () -> e;
  }
}
