package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Signal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps when nothing can run, unless it is paused; and so many steps for each time
 * that the first thread waits. Guarded by the scheduler, but for what the first thread asks.
 */
final class Stepping implements Pacing {
  private static final long LONG_NANOS = 1_000_000_000;

  private final Most most;
  private final Host host;
  private volatile boolean paused;
  private volatile boolean closing;
  private long steps;
  private long busyNanos;
  private long lastNanos;
  private @Nullable Object waitsFor;

  /** Awaits that nothing can run any more. */
  private volatile @Nullable Controlled idler;

  /**
   * How much a wait of the first thread may take.
   *
   * @param steps how often others get the turn
   * @param busy how much real time they take
   */
  record Most(long steps, Duration busy) {}

  /** Who hears of jumps and of ends. */
  interface Host {
    /** The clock is about to jump, for these threads. */
    void jumps(long from, long to, List<String> due);

    /** Why the first thread would wait for ever, with the clock paused. */
    String paused(long next, List<String> due);

    /** Makes what the first thread throws, on that thread. */
    Error told(String why);
  }

  Stepping(Most most, boolean paused, Host host) {
    this.most = most;
    this.paused = paused;
    this.host = host;
  }

  boolean isPaused() {
    return paused;
  }

  void pause(boolean wanted) {
    paused = wanted;
  }

  /** All the others are about to end, and take what they need for it. */
  void close() {
    closing = true;
  }

  void idler(@Nullable Controlled c) {
    idler = c;
  }

  @Override
  public @Nullable String idle(RunQueue queue) {
    if (queue.wakesDue()) {
      return null;
    }
    Controlled waits = idler;
    if (waits != null) {
      idler = null;
      queue.wake(waits);
      return null;
    }
    long next = queue.nextTime();
    if (next == Signal.FOREVER) {
      return "Nothing can run any more, and nothing is due";
    }
    if (paused) {
      return host.paused(next, queue.dueAt(next));
    }
    host.jumps(queue.nanos(), next, queue.dueAt(next));
    queue.jumpTo(next);
    return null;
  }

  @Override
  public @Nullable String step() {
    long now = System.nanoTime();
    long pause = now - lastNanos;
    lastNanos = now;
    // a longer one is a thread that blocks, or a debugger
    busyNanos += pause < LONG_NANOS ? pause : 0;
    steps++;
    if (closing || (steps <= most.steps() && busyNanos <= most.busy().toNanos())) {
      return null;
    }
    String taken = steps + " steps and " + Duration.ofMillis(busyNanos / 1_000_000);
    steps = 0;
    busyNanos = 0;
    return "Not idle after " + taken + " of real time: it goes on and on";
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // it is this very thing that is meant
  public void firstWaits(Object what) {
    if (!what.equals(waitsFor)) {
      waitsFor = what;
      steps = 0;
      busyNanos = 0;
      lastNanos = System.nanoTime();
    }
  }

  @Override
  public boolean looksApart() {
    return true;
  }

  @Override
  public void moved() {}

  @Override
  public Supplier<Error> told(String why, Scheduler scheduler) {
    idler = null;
    return () -> host.told(why);
  }
}
