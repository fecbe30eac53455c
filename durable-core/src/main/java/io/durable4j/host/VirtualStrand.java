package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A strand on a virtual thread: the baton is a field, and each waits for it parked. Many of these
 * stand for long, each with a stack, so that few calls lead to the body.
 */
final class VirtualStrand implements Drive.Strand, Runnable {
  private final String what;
  private final Runnable body;
  private final BiConsumer<String, Throwable> fault;
  private final Thread thread;

  /** Who waits; null while the strand pauses, or was released. */
  private volatile @Nullable Thread waiting;

  /** Whether it is the strand's turn. */
  private volatile boolean running;

  private volatile boolean ended;
  private boolean started;

  /** The threads are made unstarted; {@code fault} hears of what the body throws. */
  VirtualStrand(
      ThreadFactory threads, String what, Runnable body, BiConsumer<String, Throwable> fault) {
    this.what = what;
    this.body = body;
    this.fault = fault;
    this.thread = threads.newThread(this);
  }

  /** What its thread does. */
  @Override
  public void run() {
    try {
      body.run();
    } catch (Throwable t) {
      fault.accept(what, t);
    } finally {
      ended = true;
      handBack();
    }
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
