package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who can run, who is frozen, who waits, and the clock. Guarded by the scheduler; only the clock is
 * read without it.
 */
final class RunQueue {
  private final List<Controlled> alive = new ArrayList<>();
  private final List<Controlled> runnable = new ArrayList<>();
  private final List<Controlled> frozen = new ArrayList<>();
  private volatile long nanos;
  private long waits;

  long nanos() {
    return nanos;
  }

  List<Controlled> alive() {
    return alive;
  }

  int size() {
    return runnable.size();
  }

  boolean isLast(Controlled c) {
    return runnable.get(runnable.size() - 1) == c;
  }

  Controlled take(int number) {
    return runnable.remove(number);
  }

  /** Takes the thread out of any state, so that it can be given the turn. */
  void pull(Controlled c) {
    c.waiting = false;
    runnable.remove(c);
    frozen.remove(c);
  }

  void add(Controlled c) {
    (c.group.frozenUntil > nanos ? frozen : runnable).add(c);
  }

  void startWait(Controlled c, long until, @Nullable LongSupplier due, boolean interruptible) {
    c.waiting = true;
    c.until = until;
    c.look = due == null ? Signal.FOREVER : until;
    c.dueTime = due;
    c.interruptible = interruptible;
    c.since = waits++;
  }

  void wake(Controlled c) {
    if (c.waiting) {
      c.waiting = false;
      add(c);
    }
  }

  /** The next time at which a thread becomes runnable by itself, or {@link Signal#FOREVER}. */
  long nextTime() {
    askWhatIsDue();
    long next = Signal.FOREVER;
    for (int i = 0; i < alive.size(); i++) {
      Controlled c = alive.get(i);
      if (c.waiting && c.until < next) {
        next = c.until;
      }
    }
    for (int i = 0; i < frozen.size(); i++) {
      next = Math.min(next, frozen.get(i).group.frozenUntil);
    }
    return next;
  }

  /** Lets the clock go on, and wakes who is due on the way: by time, then by who waits longest. */
  void advanceTo(long time) {
    for (long next = nextTime(); next <= time && next != Signal.FOREVER; next = nextTime()) {
      nanos = Math.max(nanos, next);
      thaw();
      wakeDue();
    }
    nanos = Math.max(nanos, time);
  }

  /**
   * Lets the clock go on at once, and wakes who looks at the time on the way; only when there is
   * none, who is due. So leases are renewed before somebody needs them.
   */
  void jumpTo(long time) {
    nanos = Math.max(nanos, time);
    thaw();
    boolean looks = false;
    for (int i = 0; i < alive.size(); i++) {
      Controlled c = alive.get(i);
      if (c.waiting && c.look <= nanos && c.until > nanos) {
        wake(c);
        looks = true;
      }
    }
    if (!looks) {
      wakeDue();
    }
  }

  private void askWhatIsDue() {
    for (int i = 0; i < alive.size(); i++) {
      Controlled c = alive.get(i);
      if (c.waiting && c.dueTime != null) {
        c.until = c.dueTime.getAsLong();
      }
    }
  }

  /** Wakes who is due now; whether there was one. */
  boolean wakesDue() {
    askWhatIsDue();
    int before = runnable.size();
    wakeDue();
    return runnable.size() > before;
  }

  /** The names of those that wait for a time up to this one. */
  List<String> dueAt(long time) {
    return alive.stream().filter(c -> c.waiting && c.until <= time).map(c -> c.name).toList();
  }

  /** Moves the threads of groups that became frozen. */
  void freeze() {
    move(runnable, frozen, true);
  }

  /** Moves the threads of groups that are not frozen any more. */
  void thaw() {
    if (!frozen.isEmpty()) {
      move(frozen, runnable, false);
    }
  }

  private void move(List<Controlled> from, List<Controlled> to, boolean ifFrozen) {
    for (int i = 0; i < from.size(); ) {
      if (from.get(i).group.frozenUntil > nanos == ifFrozen) {
        to.add(from.remove(i));
      } else {
        i++;
      }
    }
  }

  private void wakeDue() {
    for (Controlled c = firstDue(); c != null; c = firstDue()) {
      wake(c);
    }
  }

  private @Nullable Controlled firstDue() {
    Controlled first = null;
    for (int i = 0; i < alive.size(); i++) {
      Controlled c = alive.get(i);
      if (c.waiting
          && c.until <= nanos
          && (first == null
              || c.until < first.until
              || (c.until == first.until && c.since < first.since))) {
        first = c;
      }
    }
    return first;
  }
}
