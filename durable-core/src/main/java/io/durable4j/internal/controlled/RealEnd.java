package io.durable4j.internal.controlled;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits, from outside, for the end of a run, as long as its threads give way to each other. */
final class RealEnd {
  private static final long HANG_SECONDS = 30;

  private RealEnd() {}

  static void await(Scheduler scheduler, CountDownLatch done) {
    long seen = scheduler.steps();
    try {
      while (!done.await(HANG_SECONDS, TimeUnit.SECONDS)) {
        long steps = scheduler.steps();
        if (steps == seen) {
          throw new DeadlockException(
              "Hang: a thread blocks outside of the drive's control, " + scheduler.dump());
        }
        seen = steps;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlockException("Interrupted, " + scheduler.dump());
    }
  }
}
