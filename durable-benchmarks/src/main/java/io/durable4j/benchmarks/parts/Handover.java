package io.durable4j.benchmarks.parts;

import io.durable4j.internal.drive.Signal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A signal between two threads of a benchmark. */
final class Handover implements Signal {
  private final Semaphore raised = new Semaphore(0);

  @Override
  public void raise() {
    raised.drainPermits();
    raised.release();
  }

  @Override
  public boolean await(long untilNanos) {
    try {
      if (untilNanos == FOREVER) {
        raised.acquire();
        return true;
      }
      return raised.tryAcquire(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
