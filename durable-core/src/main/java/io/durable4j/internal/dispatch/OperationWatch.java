package io.durable4j.internal.dispatch;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.entity.EntityBatch;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Interrupts operations of entities that are over their time, once, and then once in each further
 * time of that length while they go on all the same.
 */
public final class OperationWatch {
  private final Drive drive;
  private final Observer observer;
  private final Duration timeout;
  private final Signal signal;
  private final Set<Running> running = new LinkedHashSet<>();
  private volatile boolean stopped;

  /**
   * Creates a watch over nothing.
   *
   * @param drive time
   * @param observer hears of operations over their time
   * @param timeout how long one may take; zero for no limit
   */
  public OperationWatch(Drive drive, Observer observer, Duration timeout) {
    this.drive = drive;
    this.observer = observer;
    this.timeout = timeout;
    this.signal = drive.signal();
  }

  /** An operation under way. */
  private static final class Running {
    private final InstanceId entity;
    private final String operation;
    private final Runnable interrupter;
    private long dueNanos;
    private boolean late;
    private boolean over;

    private Running(InstanceId entity, String operation, Runnable interrupter, long dueNanos) {
      this.entity = entity;
      this.operation = operation;
      this.interrupter = interrupter;
      this.dueNanos = dueNanos;
    }

    /** Whether it was late; interrupts that come after this must not hit the engine's code. */
    private synchronized boolean end() {
      over = true;
      if (late) {
        Thread.interrupted();
      }
      return late;
    }

    private synchronized boolean interrupt() {
      if (!over) {
        late = true;
        interrupter.run();
      }
      return !over;
    }
  }

  /** The operations of one turn, on the thread that runs it. */
  final class OfTurn implements EntityBatch.Watch {
    private final InstanceId entity;
    private final Runnable interrupter;
    private @org.jspecify.annotations.Nullable Running current;

    private OfTurn(InstanceId entity) {
      this.entity = entity;
      this.interrupter = drive.interrupter();
    }

    @Override
    public void begins(String operation) {
      if (!timeout.isZero()) {
        current = new Running(entity, operation, interrupter, drive.nanos() + timeout.toNanos());
        add(current);
      }
    }

    /** Whether the operation that ends was over its time. */
    @Override
    public boolean ended() {
      Running ending = current;
      current = null;
      if (ending == null) {
        return false;
      }
      synchronized (running) {
        running.remove(ending);
      }
      return ending.end();
    }
  }

  /** Watches over a turn of the calling thread. */
  OfTurn watch(InstanceId entity) {
    return new OfTurn(entity);
  }

  private void add(Running operation) {
    boolean first;
    synchronized (running) {
      first = running.isEmpty();
      running.add(operation);
    }
    if (first) {
      signal.raise();
    }
  }

  private long nextDue() {
    synchronized (running) {
      return running.stream().mapToLong(r -> r.dueNanos).min().orElse(Signal.FOREVER);
    }
  }

  /** Ends the loop. */
  public void stop() {
    stopped = true;
    signal.raise();
  }

  /** Watches until stopped. */
  public void run() {
    while (!stopped) {
      long now = drive.nanos();
      long next = Signal.FOREVER;
      List<Running> due = new ArrayList<>();
      synchronized (running) {
        for (Running r : running) {
          if (r.dueNanos <= now) {
            r.dueNanos = now + timeout.toNanos();
            due.add(r);
          }
          next = Math.min(next, r.dueNanos);
        }
      }
      for (Running r : due) {
        if (r.interrupt()) {
          observer.on(new EngineEvent.OperationTimedOut(r.entity, r.operation));
        }
      }
      signal.await(next, this::nextDue);
    }
  }
}
