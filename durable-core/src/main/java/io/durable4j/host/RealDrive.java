package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Real time and real threads. Loops get platform threads of their own, so that user code can never
 * starve them. Work runs on virtual threads from Java 24 on, where a blocked monitor no longer
 * holds its carrier, and on pooled platform threads before.
 */
final class RealDrive implements Drive {
  private final RandomIds ids = new RandomIds();
  private static final int VIRTUAL_FROM = 24;

  private final String name;
  private final BiConsumer<String, Throwable> fault;
  private final ExecutorService workers;

  /** Makes virtual threads; null where a blocked one could hold its carrier. */
  private final @Nullable ThreadFactory virtual;

  private final Set<Work> live = new LinkedHashSet<>();

  RealDrive(String name, BiConsumer<String, Throwable> fault) {
    this.name = name;
    this.fault = fault;
    this.virtual = Runtime.version().feature() >= VIRTUAL_FROM ? virtual(name) : null;
    this.workers = workers(name, virtual);
  }

  private static ThreadFactory virtual(String name) {
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Object named = type.getMethod("name", String.class).invoke(builder, name + "-worker");
      return (ThreadFactory) type.getMethod("factory").invoke(named);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java runtime should have virtual threads", e);
    }
  }

  private static ExecutorService workers(String name, @Nullable ThreadFactory virtual) {
    if (virtual != null) {
      try {
        return (ExecutorService)
            Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, virtual);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("This Java runtime should have virtual threads", e);
      }
    }
    ThreadFactory threads =
        r -> {
          Thread t = new Thread(r, name + "-worker");
          t.setDaemon(true);
          return t;
        };
    return Executors.newCachedThreadPool(threads);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public UUID randomId() {
    return ids.next();
  }

  @Override
  public Signal signal() {
    return new RealSignal();
  }

  @Override
  public Runnable interrupter() {
    return Thread.currentThread()::interrupt;
  }

  @Override
  public ThreadView view() {
    Thread thread = Thread.currentThread();
    return new ThreadView() {
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

  @Override
  public Running loop(String what, Runnable body) {
    Work work = new Work(what, body);
    new Thread(work, name + "-" + what).start();
    return work;
  }

  @Override
  public Running work(String what, Runnable body) {
    Work work = new Work(what, body);
    try {
      workers.execute(work);
    } catch (RejectedExecutionException e) { // closed, and it never begins
      work.forget();
      throw e;
    }
    return work;
  }

  /** Strands need the same of the runtime as workers do: code may pause inside of a monitor. */
  @Override
  public Optional<Strand> strand(String what, Runnable body) {
    return virtual == null
        ? Optional.empty()
        : Optional.of(new VirtualStrand(virtual, what, body, fault));
  }

  /**
   * Waits for every thread to end, and for those that they begin; interrupts and leaves what has
   * not ended at the time.
   */
  boolean close(long untilNanos) {
    boolean all = true;
    for (List<Work> some = snapshot(); all && !some.isEmpty(); some = snapshot()) {
      for (Work w : some) {
        all &= w.join(untilNanos);
      }
    }
    workers.shutdown();
    snapshot().forEach(Work::interrupt);
    try {
      return workers.awaitTermination(all ? 10 : 1, TimeUnit.SECONDS) && snapshot().isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Work> snapshot() {
    synchronized (live) {
      return List.copyOf(live);
    }
  }

  private final class Work implements Running, Runnable {
    private final String what;
    private final Runnable body;
    private final Signal done = new RealSignal();
    private @Nullable Thread thread;
    private boolean ended;

    Work(String what, Runnable body) {
      this.what = what;
      this.body = body;
      synchronized (live) {
        live.add(this);
      }
    }

    @Override
    public void run() {
      synchronized (this) {
        thread = Thread.currentThread();
      }
      try {
        body.run();
      } catch (Throwable t) {
        fault.accept(what, t);
      } finally {
        synchronized (this) {
          thread = null;
          ended = true;
          Thread.interrupted();
        }
        forget();
        done.raise();
      }
    }

    void forget() {
      synchronized (live) {
        live.remove(this);
      }
    }

    @Override
    public synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }

    private synchronized boolean hasEnded() {
      return ended;
    }

    @Override
    public boolean join(long untilNanos) {
      while (!hasEnded() && System.nanoTime() - untilNanos < 0) {
        done.await(untilNanos);
      }
      return hasEnded();
    }
  }
}
