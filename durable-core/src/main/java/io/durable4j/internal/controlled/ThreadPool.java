package io.durable4j.internal.controlled;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Idle daemon threads to be used again. Thread-safe. */
final class ThreadPool {
  private final Deque<Worker> idle = new ArrayDeque<>();
  private boolean closed;

  void start(Runnable task) {
    Worker worker;
    synchronized (idle) {
      worker = idle.pollLast();
    }
    if (worker == null) {
      new Worker(task).start();
    } else {
      worker.take(task);
    }
  }

  /** Ends the idle threads, and the others when their task ends. */
  void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(w -> w.take(null));
      idle.clear();
    }
  }

  /** How many threads wait for a task. */
  int idleCount() {
    synchronized (idle) {
      return idle.size();
    }
  }

  private boolean putBack(Worker worker) {
    synchronized (idle) {
      if (!closed) {
        idle.addLast(worker);
      }
      return !closed;
    }
  }

  private final class Worker implements Runnable {
    private final Thread thread = new Thread(this, "controlled");
    private @Nullable Runnable task;
    private volatile boolean told = true;

    Worker(Runnable task) {
      this.task = task;
      thread.setDaemon(true);
    }

    void start() {
      thread.start();
    }

    void take(@Nullable Runnable next) {
      task = next;
      told = true;
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      while (true) {
        while (!told) {
          LockSupport.park(this);
          Thread.interrupted();
        }
        told = false;
        Runnable now = task;
        task = null;
        if (now == null) {
          return;
        }
        now.run();
        // what a task leaves behind must not reach the next one
        Thread.interrupted();
        if (!putBack(this)) {
          return;
        }
      }
    }
  }
}
