package io.durable4j.host;

import io.durable4j.internal.drive.Signal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A signal on the monotonic clock. A lock, not a monitor, so that virtual threads do not pin. */
final class RealSignal implements Signal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean raised;

  @Override
  public void raise() {
    lock.lock();
    try {
      raised = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(long untilNanos) {
    boolean interrupted = false;
    lock.lock();
    try {
      while (!raised) {
        long left = untilNanos == FOREVER ? Long.MAX_VALUE : untilNanos - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          if (untilNanos == FOREVER) {
            changed.await();
          } else {
            changed.await(left, TimeUnit.NANOSECONDS);
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      raised = false;
      return true;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
