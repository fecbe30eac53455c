package io.durable4j.internal.controlled;

import java.lang.invoke.MethodHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that all run on one platform thread, so that handing over the turn never wakes a
 * thread of the operating system.
 */
final class LoopLane implements Lane, Executor, Runnable {
  private final MethodHandle newThread;
  private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread parked;
  private volatile boolean closed;

  private LoopLane(MethodHandle newThread) {
    this.newThread = newThread;
  }

  /** Opens a lane whose platform thread comes from the pool. */
  static LoopLane open(MethodHandle newThread, ThreadPool pool) {
    LoopLane lane = new LoopLane(newThread);
    pool.start(lane);
    return lane;
  }

  @Override
  public void start(Runnable task) {
    VirtualThreads.create(newThread, this, task).start();
  }

  /** Takes what a virtual thread does until it parks or ends. */
  @Override
  public void execute(Runnable part) {
    ready.add(part);
    wakeUp();
  }

  @Override
  public void run() {
    while (true) {
      Runnable part = ready.poll();
      if (part != null) {
        part.run();
      } else if (closed) {
        return;
      } else {
        await();
      }
    }
  }

  private void await() {
    parked = Thread.currentThread();
    if (ready.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    parked = null;
    Thread.interrupted();
  }

  @Override
  public void close() {
    closed = true;
    wakeUp();
  }

  private void wakeUp() {
    Thread t = parked;
    if (t != null) {
      LockSupport.unpark(t);
    }
  }
}
