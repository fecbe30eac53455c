package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;

/** The handle of a controlled thread. */
record ControlledRunning(Scheduler scheduler, Controlled thread) implements Drive.Running {
  @Override
  public void interrupt() {
    scheduler.interrupt(thread);
  }

  @Override
  public boolean join(long untilNanos) {
    Controlled me = scheduler.current();
    if (me == null) {
      throw new IllegalStateException("Only a controlled thread may join " + thread.name);
    }
    return scheduler.join(me, thread, untilNanos);
  }
}
