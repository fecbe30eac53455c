package io.durable4j.internal.controlled;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the one turn from thread to thread. A thread that gives up its turn picks the next one
 * itself, so there is no thread of the scheduler.
 */
final class Scheduler {
  private static final int MAX_REFUSALS = 100;

  private final Pacing pacing;
  private final Chooser chooser;
  private final Lane lane;
  private final StepLog log;
  private final RunQueue queue = new RunQueue();
  private final List<Throwable> failures = new ArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable Controlled turn;
  private @Nullable Controlled main;
  private @Nullable String wanted;
  private int started;

  Scheduler(Pacing pacing, Chooser chooser, Lane lane, Trace trace) {
    this.pacing = pacing;
    this.chooser = chooser;
    this.lane = lane;
    this.log = new StepLog(trace);
  }

  long nanos() {
    return queue.nanos();
  }

  /** Whether the clock passes over waits that only look, rather than stop at them. */
  boolean looksApart() {
    return pacing.looksApart();
  }

  /** The calling thread, or null when it is none of ours: only who has the turn can call. */
  @Nullable Controlled current() {
    Controlled c = turn;
    return c != null && c.isCaller() ? c : null;
  }

  synchronized Controlled start(Group group, String name, Runnable body) {
    String prefix = group.name.isEmpty() ? "" : group.name + "/";
    int ordinal = started++;
    Controlled c = new Controlled(this, group, prefix + name + "#" + ordinal, ordinal, body);
    c.killed = group.killed;
    c.due = group.killed;
    if (main == null) {
      main = c;
    }
    queue.alive().add(c);
    queue.add(c);
    return c;
  }

  /** Takes the calling thread in as the first one, which has the turn at once. */
  synchronized Controlled adopt(Group group, RealWait wait) {
    Thread caller = Thread.currentThread();
    Controlled c = new Controlled(this, group, caller.getName(), started++, () -> {});
    c.adopt(caller, wait);
    main = c;
    queue.alive().add(c);
    return took(c);
  }

  /** Gives the first turn, from outside. The latch opens when the last thread has ended. */
  CountDownLatch begin() {
    Controlled first;
    synchronized (this) {
      first = pick(null);
    }
    first.resume(lane);
    return done;
  }

  void pass(Controlled me, String why) {
    check(me);
    Controlled next;
    synchronized (this) {
      refuseLost(me);
      me.at = why;
      queue.add(me);
      next = pick(me);
    }
    handOver(me, next);
  }

  /** The caller holds this monitor. */
  void waits(Controlled me, Object what) {
    if (me == main) {
      pacing.firstWaits(what);
    }
  }

  /** Marks the caller as waiting and picks who goes on; {@link #handOver} must follow. */
  Controlled startWait(Controlled me, long until, boolean interruptible, String why) {
    return startWait(me, until, null, interruptible, why);
  }

  /**
   * The same for one that only looks at that time, and tells when it surely has something to do.
   */
  synchronized Controlled startWait(
      Controlled me, long until, @Nullable LongSupplier due, boolean interruptible, String why) {
    refuseLost(me);
    me.at = why;
    queue.startWait(me, until, due, interruptible);
    return pick(null);
  }

  private static void refuseLost(Controlled me) {
    if (me.lost) {
      throw new Killed(me.name);
    }
  }

  void handOver(Controlled me, Controlled next) {
    if (next != me) {
      next.resume(lane);
      me.awaitTurn();
    }
    check(me);
  }

  /** The caller holds this monitor. */
  void wake(Controlled c) {
    queue.wake(c);
  }

  synchronized void interrupt(Controlled c) {
    c.interrupt(c == turn);
    if (c.interruptible) {
      wake(c);
    }
  }

  synchronized void kill(Collection<Group> groups) {
    for (Group g : groups) {
      g.killed = true;
      g.frozenUntil = Long.MIN_VALUE;
    }
    queue.thaw();
    for (int i = 0; i < queue.alive().size(); i++) {
      Controlled c = queue.alive().get(i);
      if (c.group.killed && !c.killed) {
        c.killed = true;
        c.due = true;
        wake(c);
      }
    }
  }

  synchronized void freeze(Collection<Group> groups, Duration time) {
    long until = after(time);
    for (Group g : groups) {
      if (!g.killed) {
        g.frozenUntil = Math.max(g.frozenUntil, until);
      }
    }
    queue.freeze();
  }

  synchronized void unfreeze(Collection<Group> groups) {
    for (Group g : groups) {
      g.frozenUntil = Long.MIN_VALUE;
    }
    queue.thaw();
  }

  synchronized void advance(Duration time) {
    queue.advanceTo(after(time));
    pacing.moved();
  }

  /** Moves the clock for the thread that has the turn: who looks then runs before who is due. */
  synchronized void jumpTo(long time) {
    queue.jumpTo(time);
    pacing.moved();
  }

  synchronized long nextTime() {
    return queue.nextTime();
  }

  /** Who is due first, apart from the caller. */
  synchronized List<String> dueAt(long time) {
    return queue.dueAt(time);
  }

  /** Tells the first thread something, as soon as another one gives up the turn. */
  synchronized void want(String why) {
    wanted = why;
  }

  /**
   * Takes the turn away from a thread that does not give it up, unless it did just now. What that
   * thread does from now on has no part in the run.
   *
   * @return the thread, or null when the first one has the turn or is about to get it
   */
  synchronized @Nullable Controlled seize(long stepsSeen, String why) {
    Controlled holder = turn;
    if (holder == null || holder == main || log.steps() != stepsSeen) {
      return null;
    }
    holder.lost = true;
    queue.alive().remove(holder);
    for (int i = 0; i < holder.joiners.size(); i++) {
      wake(holder.joiners.get(i));
    }
    wanted = null;
    takeMain(why).resume(lane);
    return holder;
  }

  /** Leaves a thread that will not end. */
  synchronized void abandon() {
    turn = null;
    lane.close();
  }

  synchronized @Nullable Controlled holder() {
    return turn;
  }

  /** The virtual time after the duration, at most the end of time. */
  long after(Duration time) {
    long now = nanos();
    long delta = time.toNanos();
    if (delta < 0) {
      throw new IllegalArgumentException("The time must not be negative, is " + time);
    }
    return delta >= Long.MAX_VALUE - now ? Long.MAX_VALUE - 1 : now + delta;
  }

  synchronized void failed(Controlled c, Throwable e) {
    if (!c.killed) {
      failures.add(new AssertionError(c.name + " ended with " + e, e));
    }
  }

  /** Throws what is due to the thread. Every control point ends and begins here. */
  void check(Controlled me) {
    if (!me.due) {
      return;
    }
    Supplier<Error> due;
    synchronized (this) {
      due = me.pending;
      me.pending = null;
      me.due = me.killed;
      if (due == null) {
        if (!me.killed) {
          return;
        }
        if (++me.refusals <= MAX_REFUSALS) {
          throw new Killed(me.name);
        }
      }
    }
    if (due != null) {
      throw due.get();
    }
    // It catches everything and goes round and round: leave it where it is, for ever.
    end(me);
    new Semaphore(0).acquireUninterruptibly();
  }

  void end(Controlled me) {
    Controlled next;
    synchronized (this) {
      me.ended = true;
      if (me.lost) {
        return;
      }
      queue.alive().remove(me);
      for (int i = 0; i < me.joiners.size(); i++) {
        wake(me.joiners.get(i));
      }
      if (queue.alive().isEmpty() || me == main) {
        turn = null;
        // first, so that its thread is likely idle again when the next run asks for one
        lane.close();
        done.countDown();
        return;
      }
      next = pick(null);
    }
    next.resume(lane);
  }

  /** Waits for a thread's end. */
  boolean join(Controlled me, Controlled other, long until) {
    String why = "join " + other.name;
    pass(me, why);
    while (true) {
      Controlled next;
      synchronized (this) {
        if (other.ended || other.lost) {
          return true;
        }
        if (until <= nanos()) {
          return false;
        }
        other.joiners.add(me);
        next = startWait(me, until, false, why);
      }
      try {
        handOver(me, next);
      } finally {
        synchronized (this) {
          other.joiners.remove(me);
        }
      }
    }
  }

  synchronized List<Controlled> others(Controlled me) {
    return queue.alive().stream().filter(c -> c != me).toList();
  }

  synchronized List<Throwable> failures() {
    return List.copyOf(failures);
  }

  synchronized List<String> trace() {
    return log.lines();
  }

  synchronized long steps() {
    return log.steps();
  }

  synchronized long digest() {
    return log.digest();
  }

  synchronized String dump() {
    StringBuilder text = new StringBuilder();
    text.append("after ").append(log.steps()).append(" steps, at ");
    text.append(Duration.ofNanos(nanos()));
    queue.alive().forEach(c -> text.append(c.describe()));
    return text.toString();
  }

  private Controlled pick(@Nullable Controlled givesWay) {
    String why = wanted;
    wanted = null;
    while (why == null && queue.size() == 0) {
      why = pacing.idle(queue);
    }
    if (why == null) {
      why = pacing.step();
    }
    if (why != null) {
      return takeMain(why);
    }
    int count = queue.size();
    int number = 0;
    if (count > 1) {
      number = chooser.choose(count, givesWay != null && queue.isLast(givesWay));
    }
    return took(queue.take(number));
  }

  private Controlled takeMain(String why) {
    Controlled m = Objects.requireNonNull(main);
    m.pending = pacing.told(why, this);
    m.due = true;
    queue.pull(m);
    return took(m);
  }

  private Controlled took(Controlled c) {
    turn = c;
    log.step(c, nanos());
    return c;
  }
}
