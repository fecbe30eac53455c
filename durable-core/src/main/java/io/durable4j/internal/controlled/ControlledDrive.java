package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A drive whose threads run one at a time. A thread gives up its turn when it waits for a {@link
 * Signal}, starts or joins a thread, ends, sleeps by {@link #sleep}, or calls {@link #giveWay}; a
 * {@link Chooser} says who goes on. The clock stands still while a thread can run; then it jumps to
 * the earliest deadline. When there is none either, the test body gets a {@link DeadlockException}.
 *
 * <p>Code on these threads must not block on anything else that another of these threads provides,
 * such as a latch, nor give up its turn while it holds a monitor: then no thread would run at all,
 * which {@link #run} reports after half a minute of real time.
 */
public final class ControlledDrive implements Drive {
  private final Scheduler scheduler;
  private final Instant start;
  private final SplittableRandom ids;
  private final Group root = new Group("");
  private final List<Group> workers = new ArrayList<>();
  private int signals;

  private ControlledDrive(Lane lane, Trace trace, Chooser chooser, long seed, Instant start) {
    this(new Scheduler(new Skipping(), chooser, lane, trace), seed, start);
  }

  ControlledDrive(Scheduler scheduler, long seed, Instant start) {
    this.scheduler = scheduler;
    this.start = start;
    this.ids = new SplittableRandom(seed ^ 0x6A09E667F3BCC908L);
  }

  /** What a test does, as the first controlled thread. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs the test.
     *
     * @param drive the drive
     * @throws Exception fails the test
     */
    void run(ControlledDrive drive) throws Exception;
  }

  /**
   * Runs a test with random choices.
   *
   * @param seed the same seed gives the same run
   * @param start what the clock shows at first
   * @param body the test
   * @return the trace
   */
  public static List<String> run(long seed, Instant start, Body body) {
    try (Carriers carriers = Carriers.create()) {
      return run(carriers, Trace.LINES, Chooser.seeded(seed), seed, start, body);
    }
  }

  /**
   * Runs a test with the given choices. When the body ends, the other threads are killed.
   *
   * @param chooser makes the choices
   * @param start what the clock shows at first
   * @param body the test
   * @return the trace
   * @throws AssertionError when another thread ended with an uncaught exception; what the body
   *     throws is thrown as it is, a checked exception inside of an AssertionError
   */
  public static List<String> run(Chooser chooser, Instant start, Body body) {
    try (Carriers carriers = Carriers.create()) {
      return run(carriers, Trace.LINES, chooser, 0, start, body);
    }
  }

  /**
   * Runs a test on shared carriers: for many short runs.
   *
   * @param carriers what the threads run on; stay open
   * @param trace whether to keep lines
   * @param chooser makes the choices, for this run only
   * @param seed the same seed gives the same {@link #randomId}s
   * @param start what the clock shows at first
   * @param body the test
   * @return the trace; empty without lines
   * @throws AssertionError as the other run methods do
   */
  public static List<String> run(
      Carriers carriers, Trace trace, Chooser chooser, long seed, Instant start, Body body) {
    Lane lane = carriers.open();
    try {
      return new ControlledDrive(lane, trace, chooser, seed, start).run(body);
    } finally {
      lane.close();
    }
  }

  private List<String> run(Body body) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    scheduler.start(
        new Group(""),
        "main",
        () -> {
          try {
            body.run(this);
          } catch (Throwable e) {
            thrown.set(e);
          }
          try {
            killRest();
          } catch (Throwable e) {
            thrown.compareAndSet(null, e);
          }
        });
    RealEnd.await(scheduler, scheduler.begin());
    Throwable first = thrown.get();
    for (Throwable e : scheduler.failures()) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
    if (first != null) {
      if (first instanceof Error e) {
        throw e;
      }
      if (first instanceof RuntimeException e) {
        throw e;
      }
      throw new AssertionError(first.toString(), first);
    }
    return scheduler.trace();
  }

  private List<Group> groups(String worker) {
    List<Group> all = allGroups();
    all.removeIf(g -> !g.name.equals(worker) || g == root);
    return all;
  }

  private List<Group> allGroups() {
    synchronized (scheduler) {
      List<Group> all = new ArrayList<>(workers);
      all.add(root);
      return all;
    }
  }

  private void killRest() {
    Controlled me = me("end");
    for (Controlled c : killAll(me)) {
      scheduler.interrupt(c);
      scheduler.join(me, c, Signal.FOREVER);
    }
  }

  /** Kills all but one; they end once they get the turn. */
  List<Controlled> killAll(Controlled but) {
    scheduler.kill(allGroups());
    return scheduler.others(but);
  }

  @Override
  public Instant now() {
    return start.plusNanos(scheduler.nanos());
  }

  @Override
  public long nanos() {
    return scheduler.nanos();
  }

  @Override
  public UUID randomId() {
    synchronized (ids) {
      long high = (ids.nextLong() & ~0xF000L) | 0x4000L;
      long low = (ids.nextLong() >>> 2) | Long.MIN_VALUE;
      return new UUID(high, low);
    }
  }

  @Override
  public Signal signal() {
    synchronized (ids) {
      return new ControlledSignal(scheduler, "signal " + signals++);
    }
  }

  @Override
  public Runnable interrupter() {
    Controlled me = me("interrupter");
    return () -> scheduler.interrupt(me);
  }

  @Override
  public ThreadView view() {
    return me("view").view();
  }

  @Override
  public Running loop(String name, Runnable body) {
    return start(root, name, body);
  }

  @Override
  public Running work(String name, Runnable body) {
    return start(root, name, body);
  }

  @Override
  public Optional<Strand> strand(String name, Runnable body) {
    return Optional.of(new ControlledStrand(this, root, name, body));
  }

  /**
   * The same drive for one worker, whose threads die together.
   *
   * @param name the worker; a name may be used again after a kill
   * @return a view
   */
  public Drive worker(String name) {
    Group group = new Group(name);
    synchronized (scheduler) {
      workers.add(group);
    }
    return new WorkerDrive(this, group);
  }

  /**
   * Kills a worker: each of its threads, at its next control point and at all later ones, gets an
   * Error that unwinds it, and raises no signals any more.
   *
   * @param worker the name
   */
  public void kill(String worker) {
    scheduler.kill(groups(worker));
  }

  /**
   * Freezes a worker: none of its threads runs until the virtual clock has gone on by the given
   * time, as in a long pause of its process. Deadlines pass meanwhile, and signals are kept. A
   * second call can only make it longer. A thread of that worker that calls this stops at once. A
   * frozen worker can be killed, and a killed one cannot be frozen.
   *
   * @param worker the name
   * @param time how long, not negative
   */
  public void freeze(String worker, Duration time) {
    scheduler.freeze(groups(worker), time);
    Controlled me = scheduler.current();
    if (me != null && me.group.name.equals(worker)) {
      scheduler.pass(me, "frozen");
    }
  }

  /** Lets all frozen workers run on. No control point. */
  public void unfreezeAll() {
    scheduler.unfreeze(allGroups());
  }

  /**
   * Lets the clock jump, as when a machine was suspended. No control point: the calling thread goes
   * on. Threads whose deadline passed can run then, the earliest deadline first.
   *
   * @param time how far, not negative
   */
  public void advance(Duration time) {
    me("advance");
    scheduler.advance(time);
  }

  /**
   * The worker of the calling thread.
   *
   * @return its name; empty for a thread of no worker and for one that is not controlled
   */
  public String workerName() {
    Controlled me = scheduler.current();
    return me == null ? "" : me.group.name;
  }

  /**
   * Whether the calling thread's worker was killed: what such a thread still does while it unwinds
   * must have no effect on anything that outlives a process.
   *
   * @return false for a thread that is not controlled
   */
  public boolean isKilled() {
    Controlled me = scheduler.current();
    return me != null && me.killed;
  }

  /** Lets another thread go on. From a thread that is not controlled it does nothing. */
  public void giveWay() {
    Controlled me = scheduler.current();
    if (me != null) {
      scheduler.pass(me, "giving way");
    }
  }

  /**
   * Sleeps by the virtual clock; the simulated work of an activity.
   *
   * @param time how long
   * @throws InterruptedException when the thread is interrupted
   */
  public void sleep(Duration time) throws InterruptedException {
    Controlled me = me("sleep");
    long until = scheduler.after(time);
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the sleep");
    }
    scheduler.check(me);
    scheduler.handOver(me, scheduler.startWait(me, until, true, "sleep"));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while it slept");
    }
  }

  /**
   * The virtual clock, for a backend.
   *
   * @return a clock that follows {@link #now}
   */
  public InstantSource clock() {
    return this::now;
  }

  /**
   * What happened: one line for each time that a thread got its turn.
   *
   * @return the first 20,000 lines
   */
  public List<String> trace() {
    return scheduler.trace();
  }

  /**
   * A digest of the schedule so far: which thread took each step, when, and from where. The same on
   * every runtime; kept with and without a trace, also after the run.
   *
   * @return 64 bits, not safe against intent
   */
  public long digest() {
    return scheduler.digest();
  }

  /**
   * How often a thread got the turn so far.
   *
   * @return the number of steps
   */
  public long steps() {
    return scheduler.steps();
  }

  ControlledRunning start(Group group, String name, Runnable body) {
    Controlled me = me("start of " + name);
    scheduler.check(me);
    Controlled c = scheduler.start(group, name, body);
    scheduler.pass(me, "start of " + c.name);
    return new ControlledRunning(scheduler, c);
  }

  private Controlled me(String what) {
    Controlled me = scheduler.current();
    if (me == null) {
      throw new IllegalStateException(what + ": not on a controlled thread");
    }
    return me;
  }
}
