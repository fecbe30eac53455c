package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A signal between controlled threads. Guarded by the scheduler's monitor. */
final class ControlledSignal implements Signal {
  private final Scheduler scheduler;
  private final List<Controlled> waiters = new ArrayList<>(2);
  private final String name;
  private boolean raised;

  ControlledSignal(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /** No control point: code may raise while it holds a monitor. */
  @Override
  public void raise() {
    synchronized (scheduler) {
      Controlled me = scheduler.current();
      if (me != null && me.killed) {
        return;
      }
      raised = true;
      for (int i = 0; i < waiters.size(); i++) {
        scheduler.wake(waiters.get(i));
      }
    }
  }

  @Override
  public boolean await(long untilNanos) {
    return await(untilNanos, null);
  }

  @Override
  public boolean await(long untilNanos, @Nullable LongSupplier dueNanos) {
    LongSupplier due = scheduler.looksApart() ? dueNanos : null;
    Controlled me = scheduler.current();
    if (me == null) {
      throw new IllegalStateException("Only a controlled thread may wait for " + name);
    }
    scheduler.pass(me, name);
    while (true) {
      Controlled goesOn;
      synchronized (scheduler) {
        if (raised) {
          raised = false;
          return true;
        }
        long next = due == null ? untilNanos : Math.min(untilNanos, due.getAsLong());
        if (next <= scheduler.nanos()) {
          return false;
        }
        waiters.add(me);
        scheduler.waits(me, this);
        goesOn = scheduler.startWait(me, untilNanos, due, false, name);
      }
      try {
        scheduler.handOver(me, goesOn);
      } finally {
        synchronized (scheduler) {
          waiters.remove(me);
        }
      }
    }
  }
}
