package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A strand on a virtual thread: the baton is a field, and each waits for it parked. */
final class VirtualStrand implements Drive.Strand {
  private final Thread thread;

  /** Who waits; null while the strand pauses, or was released. */
  private volatile @Nullable Thread waiting;

  /** Whether it is the strand's turn. */
  private volatile boolean running;

  private volatile boolean ended;
  private boolean started;

  /** The threads are made unstarted. */
  VirtualStrand(ThreadFactory threads, Runnable body) {
    this.thread =
        threads.newThread(
            () -> {
              try {
                body.run();
              } finally {
                ended = true;
                handBack();
              }
            });
  }

  @Override
  public boolean resume() {
    waiting = Thread.currentThread();
    goOn();
    boolean interrupted = false;
    while (running) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupted = true;
        thread.interrupt();
      }
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !ended;
  }

  @Override
  public void release() {
    goOn();
  }

  private void goOn() {
    running = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
  }

  private void handBack() {
    Thread other = waiting;
    running = false;
    if (other != null) {
      LockSupport.unpark(other);
    }
  }

  @Override
  public void pause() {
    handBack();
    while (!running) {
      LockSupport.park(this);
      // a set flag would turn the park into a busy loop
      Thread.interrupted();
    }
  }

  @Override
  public void interrupt() {
    thread.interrupt();
  }

  @Override
  public Drive.ThreadView view() {
    return new Drive.ThreadView() {
      @Override
      public Thread.State state() {
        return thread.getState();
      }

      @Override
      public List<StackTraceElement> stack() {
        return List.of(thread.getStackTrace());
      }
    };
  }
}
