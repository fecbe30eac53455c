package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A drive whose first thread is the caller's. That one has the turn while it runs code of its own,
 * and gives it up while it waits for a signal, for {@link #runUntilIdle} or {@link #advanceTo}. The
 * clock jumps by itself when no thread can run and the first one waits, unless it is paused; it
 * stops at due times, and passes over looks. All methods are for the threads of the drive.
 */
public final class OpenDrive implements AutoCloseable {
  private final Plan plan;
  private final Lane lane;
  private final Watchdog watchdog;
  private final Stepping pacing;
  private final Scheduler scheduler;
  private final ControlledDrive drive;
  private final Controlled first;
  private final Thread owner;
  private final List<Jump> jumps = new ArrayList<>();
  private boolean closing;
  private boolean closed;

  /**
   * How to drive.
   *
   * @param chooser makes the choices
   * @param seed the same seed gives the same ids
   * @param start what the clock shows at first
   * @param paused whether the clock stands still until it is moved
   * @param mostSteps how many steps the others may take while the first thread waits once
   * @param busy how much real time they may take meanwhile
   * @param silence how long, in real time, a thread may keep the turn while the first one waits
   * @param told makes what the first thread throws when its wait cannot end well, from the reason;
   *     called on that thread, which has the turn
   */
  public record Plan(
      Chooser chooser,
      long seed,
      Instant start,
      boolean paused,
      long mostSteps,
      Duration busy,
      Duration silence,
      Function<String, Error> told) {}

  /**
   * The clock went on at once.
   *
   * @param from what it showed before
   * @param to what it showed then
   * @param due which threads were due then, or what was asked for
   */
  public record Jump(Instant from, Instant to, List<String> due) {}

  private OpenDrive(Carriers carriers, Plan plan) {
    this.plan = plan;
    this.lane = carriers.open();
    this.watchdog = new Watchdog(plan.silence);
    this.pacing =
        new Stepping(new Stepping.Most(plan.mostSteps, plan.busy), plan.paused, new Teller());
    this.scheduler = new Scheduler(pacing, plan.chooser, lane, Trace.NONE);
    this.watchdog.watch(scheduler);
    this.drive = new ControlledDrive(scheduler, plan.seed, plan.start);
    this.owner = Thread.currentThread();
    this.first = scheduler.adopt(new Group(""), watchdog);
  }

  /**
   * Takes the calling thread in as the first of a new drive.
   *
   * @param carriers what the other threads run on; stay open
   * @param plan how to drive
   * @return the drive, to be closed by the same thread
   */
  public static OpenDrive open(Carriers carriers, Plan plan) {
    return new OpenDrive(carriers, plan);
  }

  private final class Teller implements Stepping.Host {
    @Override
    public void jumps(long from, long to, List<String> due) {
      jumped(from, to, due);
    }

    @Override
    public String paused(long next, List<String> due) {
      Instant until = at(next);
      return "The clock is paused at "
          + drive.now()
          + ", and this wait can only end by time: "
          + String.join(", ", due)
          + " would be next, at "
          + until
          + ". Call advance("
          + Duration.between(drive.now(), until)
          + ") first, or resume() the clock";
    }

    @Override
    public Error told(String why) {
      return closing ? new DeadlockException(why) : plan.told.apply(why);
    }
  }

  private void jumped(long from, long to, List<String> due) {
    jumps.add(new Jump(at(from), at(to), List.copyOf(due)));
  }

  private Instant at(long nanos) {
    return plan.start.plusNanos(nanos);
  }

  /**
   * The drive for a host. Threads that are none of its own get an IllegalStateException from it.
   *
   * @return a view
   */
  public Drive drive() {
    return new GuardedDrive(this, drive);
  }

  /**
   * The drive for what knows its threads.
   *
   * @return the drive; it checks no thread
   */
  public ControlledDrive inner() {
    return drive;
  }

  /**
   * The virtual clock for a backend.
   *
   * @return a clock; strange threads get an IllegalStateException from it
   */
  public InstantSource clock() {
    return () -> {
      refuseStrangers();
      return drive.now();
    };
  }

  /**
   * Whether the calling thread has a part in the run: not one that lost its turn or is ended.
   *
   * @return true for a thread of the drive that is to go on
   */
  public boolean isTakingPart() {
    Controlled me = scheduler.current();
    return me != null && !me.killed;
  }

  /** Throws on a thread that is none of the drive's, or has lost its turn. */
  void refuseStrangers() {
    if (scheduler.current() == null) {
      watchdog.refuseLost();
      String caller = Thread.currentThread().getName();
      throw new IllegalStateException(
          closed
              ? "The test environment is closed"
              : "Thread '"
                  + caller
                  + "' called a test environment that belongs to thread '"
                  + owner.getName()
                  + "': only that thread, orchestrators and activities may use it, one at a time");
    }
  }

  /**
   * Lets the others run until none can, without moving the clock.
   *
   * @throws Error what the plan makes of a reason why that does not come about
   */
  public void runUntilIdle() {
    runUntilIdle(new Object());
  }

  private void runUntilIdle(Object wait) {
    Controlled me = me("runUntilIdle");
    scheduler.check(me);
    synchronized (scheduler) {
      scheduler.waits(me, wait);
    }
    pacing.idler(me);
    scheduler.handOver(me, scheduler.startWait(me, Signal.FOREVER, false, "until idle"));
  }

  /**
   * Moves the clock from due time to due time, and lets everything run at each of them.
   *
   * @param time where to, not before now
   * @param why for {@link #jumps}
   * @throws IllegalArgumentException when that lies in the past
   */
  public void advanceTo(Instant time, String why) {
    me(why);
    Instant now = drive.now();
    if (time.isBefore(now)) {
      throw new IllegalArgumentException(
          why + ": the clock shows " + now + " and never goes back; " + time + " is in its past");
    }
    long target = drive.nanosAt(time);
    Object wait = new Object();
    runUntilIdle(wait);
    for (long next = scheduler.nextTime(); next <= target; next = scheduler.nextTime()) {
      jumped(scheduler.nanos(), next, scheduler.dueAt(next));
      scheduler.jumpTo(next);
      runUntilIdle(wait);
    }
    if (scheduler.nanos() < target) {
      jumped(scheduler.nanos(), target, List.of(why));
      scheduler.jumpTo(target);
      runUntilIdle(wait);
    }
  }

  private Controlled me(String what) {
    refuseStrangers();
    Controlled me = scheduler.current();
    if (me != first) {
      throw new IllegalStateException(
          what + " is for the thread of the test, '" + owner.getName() + "', not for what it runs");
    }
    return first;
  }

  /**
   * Whether the clock goes on only by {@link #advanceTo}.
   *
   * @return true while it is paused
   */
  public boolean isPaused() {
    return pacing.isPaused();
  }

  /**
   * Lets the clock stand still while the first thread waits, or lets it jump again.
   *
   * @param paused whether it stands still
   */
  public void pause(boolean paused) {
    refuseStrangers();
    pacing.pause(paused);
  }

  /**
   * The jumps of the clock so far.
   *
   * @return the jumps, in order
   */
  public List<Jump> jumps() {
    return List.copyOf(jumps);
  }

  /**
   * For how many whole seconds of real time the first thread waited while nothing moved.
   *
   * @return 0 when nobody blocked
   */
  public long stalledSeconds() {
    return watchdog.stalledSeconds();
  }

  /**
   * What has not come to rest: threads that can run, and those that wait in code which is not the
   * engine's.
   *
   * @return a few lines each
   */
  public List<String> busy() {
    List<String> all = new ArrayList<>();
    for (Controlled c : scheduler.others(first)) {
      String line = c.busy();
      if (line != null) {
        all.add(line);
      }
    }
    return all;
  }

  /**
   * How often a thread got the turn so far.
   *
   * @return the number of steps
   */
  public long steps() {
    return scheduler.steps();
  }

  /**
   * A digest of the schedule so far.
   *
   * @return the same for the same run
   */
  public long digest() {
    return scheduler.digest();
  }

  /**
   * Ends all other threads: each gets an Error at its next control point. One that blocks is
   * interrupted and waited for, for a second of real time, and then left behind.
   *
   * @return the names of those left behind, with their stacks; empty when all ended
   */
  public List<String> end() {
    if (closed) {
      return List.of();
    }
    refuseStrangers();
    closing = true;
    pacing.close();
    watchdog.close();
    List<String> left = new ArrayList<>();
    for (Controlled c : drive.killAll(first)) {
      scheduler.interrupt(c);
      awaitEnd(c);
    }
    closed = true;
    scheduler.abandon();
    for (Controlled c : watchdog.lost()) {
      if (!watchdog.ends(c)) {
        left.add(c.name + c.stack());
      }
    }
    if (watchdog.wasInterrupted()) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  /**
   * Each thread that blocks costs the patience once; then it is lost, and the next has its turn.
   */
  private void awaitEnd(Controlled c) {
    while (!c.ended && !c.lost) {
      try {
        scheduler.join(first, c, Signal.FOREVER);
      } catch (DeadlockException e) {
        watchdog.lost().forEach(Controlled::interruptNow);
      }
    }
  }

  /**
   * What other threads ended with that nobody caught.
   *
   * @return the errors, in order
   */
  public List<Throwable> failures() {
    return scheduler.failures();
  }

  @Override
  public void close() {
    end();
  }
}
