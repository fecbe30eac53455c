package io.durable4j.inmemory.testing.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the outside world of a test tells of itself: each time something is really done there, a
 * fake calls {@link #effect}. The explorer knows which run of which activity that was, and so
 * whether a repeat did it again. A fake that recognises a repeat by its idempotency key and does
 * nothing has nothing to tell. Thread-safe.
 */
public final class Probe {
  @SuppressWarnings("ThreadLocalUsage") // what one probe is told is no other's
  private final ThreadLocal<@Nullable Body> current = new ThreadLocal<>();

  private final List<Effect> seen = new ArrayList<>();
  private volatile BooleanSupplier dead = () -> false;

  /** A probe of no exploration: it counts. */
  public Probe() {}

  /** Threads for which {@code isDead} belong to a process that is no more. */
  void deaf(BooleanSupplier isDead) {
    dead = isDead;
  }

  void enter(Body body) {
    current.set(body);
  }

  void leave() {
    current.remove();
  }

  /**
   * Something was done that the outside world would notice.
   *
   * @param what what was done, for example {@code charge}
   * @param details with what, for example the order; the same for a repeat
   */
  public void effect(String what, Object... details) {
    add(what, true, details);
  }

  /**
   * A repeat was recognised, and nothing was done. Only for the report: a fake need not tell.
   *
   * @param what what would have been done
   * @param details with what
   */
  public void repeated(String what, Object... details) {
    add(what, false, details);
  }

  /**
   * How often something was done so far.
   *
   * @param what what
   * @return the number of effects of that name
   */
  public int count(String what) {
    synchronized (seen) {
      return (int) seen.stream().filter(e -> e.done() && e.name().equals(what)).count();
    }
  }

  List<Effect> effects() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  private void add(String what, boolean done, Object... details) {
    if (dead.getAsBoolean()) {
      return;
    }
    String detail = Arrays.stream(details).map(String::valueOf).collect(Collectors.joining(" "));
    Body body = current.get();
    Caller caller = body == null ? Caller.current() : new Caller(Effect.Kind.ACTIVITY, "");
    synchronized (seen) {
      seen.add(new Effect(what, detail, done, body, caller.place(), caller.kind()));
    }
  }
}
