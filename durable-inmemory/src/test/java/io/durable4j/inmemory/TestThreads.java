package io.durable4j.inmemory;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What other threads do. */
final class TestThreads {
  private TestThreads() {}

  /**
   * Whether it waits for another to do something, and not for a lock, which it gets in a moment.
   */
  static boolean waits(Thread t) {
    Object on = LockSupport.getBlocker(t);
    return on != null && !isLock(on) && t.getState() == Thread.State.WAITING;
  }

  static boolean waitsForALock(Thread t) {
    Object on = LockSupport.getBlocker(t);
    return on != null && isLock(on) && t.getState() == Thread.State.WAITING;
  }

  private static boolean isLock(Object on) {
    return on.getClass().getEnclosingClass() == ReentrantLock.class;
  }

  /** Waits until the thread waits for another, or has ended; true when it waits. */
  static boolean blocks(Thread t) {
    while (!waits(t)) {
      if (!t.isAlive()) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
