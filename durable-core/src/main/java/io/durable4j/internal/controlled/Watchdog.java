package io.durable4j.internal.controlled;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits in real time until the others have given the turn back, but not for ever: when one of them
 * neither ends nor gives way, or the thread is interrupted, it takes the turn. Time counts in short
 * looks, so that a debugger that stops all threads costs one of them. For the first thread.
 */
final class Watchdog implements RealWait {
  private static final long LOOK_NANOS = 50_000_000;
  private static final int LOOKS_A_SECOND = (int) (1_000_000_000 / LOOK_NANOS);

  /** How long the one that runs may go on after the first thread was interrupted. */
  private static final int GRACE_LOOKS = 10;

  private final List<Controlled> lost = new CopyOnWriteArrayList<>();
  private @Nullable Scheduler scheduler;
  private long looks;
  private long stalledSeconds;
  private boolean closing;
  private boolean interrupted;

  Watchdog(Duration silence) {
    looks = Math.max(1, silence.toNanos() / LOOK_NANOS);
  }

  void watch(Scheduler s) {
    scheduler = s;
  }

  /** From now on interrupts are only remembered, and who blocks gets a second. */
  void close() {
    closing = true;
    interrupted |= Thread.interrupted();
    looks = Math.min(looks, LOOKS_A_SECOND);
    lost.forEach(Controlled::interruptNow);
  }

  /** Whether a thread that lost its turn ends within a second of real time. */
  boolean ends(Controlled c) {
    for (int i = 0; i < LOOKS_A_SECOND && !c.ended; i++) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    return c.ended;
  }

  /** Threads whose turn was taken away. */
  List<Controlled> lost() {
    return lost;
  }

  /** What a thread does that lost its turn has no part in the run. */
  void refuseLost() {
    for (Controlled c : lost) {
      if (c.isCaller()) {
        throw new Killed(c.name);
      }
    }
  }

  boolean wasInterrupted() {
    return interrupted;
  }

  /** For how many seconds of real time nothing moved while the first thread waited. */
  long stalledSeconds() {
    return stalledSeconds;
  }

  @Override
  public void await(Controlled me) {
    Scheduler s = Objects.requireNonNull(scheduler);
    long steps = s.steps();
    long silent = 0;
    long since = System.nanoTime();
    String asked = null;
    while (!me.awaitTurn(LOOK_NANOS)) {
      if (Thread.interrupted()) {
        interrupted = true;
        if (!closing && asked == null) {
          asked = "The thread of the test was interrupted while it waited";
          s.want(asked);
          silent = 0;
          since = System.nanoTime();
        }
        continue;
      }
      long now = s.steps();
      silent = now == steps ? silent + 1 : 0;
      since = now == steps ? since : System.nanoTime();
      steps = now;
      if (silent > 0 && silent % LOOKS_A_SECOND == 0) {
        stalledSeconds++;
      }
      long patience = asked == null ? looks : GRACE_LOOKS;
      // a look may also end early, since a park may
      if (silent >= patience && System.nanoTime() - since >= patience * LOOK_NANOS) {
        take(s, steps, asked == null ? silence() : asked);
      }
    }
  }

  private String silence() {
    return "No thread came forward for " + Duration.ofNanos(looks * LOOK_NANOS) + " of real time";
  }

  private void take(Scheduler s, long steps, String why) {
    Controlled holder = s.holder();
    String at =
        holder == null ? "" : ": thread " + holder.name + " blocks or computes" + holder.stack();
    Controlled taken = s.seize(steps, why + at);
    if (taken != null) {
      lost.add(taken);
    }
  }
}
