package io.durable4j.internal.dispatch;

import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.message.Message;
import io.durable4j.spi.Outbound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What activities run under: a permit of the worker, and one of their {@link Cap} where they have
 * one. Nothing is fetched and nothing is claimed without both. Thread-safe, never blocks; {@link
 * #fetch} and {@link #fetchAny} are for one thread.
 */
public final class ActivityPermits {
  private final Permits all;
  private final Registry registry;
  private final boolean nameFilter;
  private final Runnable freed;
  private final Map<Cap, Permits> caps = new LinkedHashMap<>();
  private final SortedSet<String> uncapped = new TreeSet<>();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private boolean uncappedNext;

  /**
   * All free.
   *
   * @param total how many activities run at a time
   * @param registry the activities, all of them
   * @param nameFilter whether receive can be told names
   * @param freed called after permits were given back that a fetch may want
   */
  public ActivityPermits(int total, Registry registry, boolean nameFilter, Runnable freed) {
    this.all = new Permits(total, freed);
    this.registry = registry;
    this.nameFilter = nameFilter;
    this.freed = freed;
    registry
        .activities()
        .forEach(
            (name, activity) -> {
              Cap cap = activity.cap();
              if (cap == null) {
                uncapped.add(name);
              } else {
                caps.computeIfAbsent(cap, this::permitsOf);
              }
            });
  }

  /** A fetch that left a cap's names out, for want of a permit, is made up for once one is free. */
  private Permits permitsOf(Cap cap) {
    return new Permits(
        cap.max(),
        () -> {
          wanted.set(true);
          freed.run();
        });
  }

  private @Nullable RegisteredActivity known(Message m) {
    return m.event().body() instanceof TaskScheduled call ? registry.activity(call.name()) : null;
  }

  private @Nullable Permits capOf(@Nullable RegisteredActivity activity) {
    Cap cap = activity == null ? null : activity.cap();
    return cap == null ? null : caps.get(cap);
  }

  @Nullable Permits capOf(Message m) {
    return capOf(known(m));
  }

  /**
   * The permits of the worker.
   *
   * @return the permits
   */
  public Permits all() {
    return all;
  }

  /** Reserves permits for the activities of a turn, as far as they are known and there are some. */
  Claims claim(List<Outbound> outbound) {
    Claims claims = Claims.with(this, outbound.size());
    boolean free = true;
    for (Outbound o : outbound) {
      RegisteredActivity activity = free && o.claim() ? known(o.message()) : null;
      free = activity == null ? free : all.take(1) == 1;
      if (activity != null && free && takeOf(capOf(activity))) {
        claims.keep(o);
      } else {
        claims.send(o);
      }
    }
    return claims;
  }

  /** Takes a permit of a cap beside the worker's, or gives that one back. */
  private boolean takeOf(@Nullable Permits cap) {
    boolean taken = cap == null || cap.take(1) == 1;
    if (!taken) {
      all.untake(1);
      freed.run();
    }
    return taken;
  }

  /** Gives the permits of an activity back, which ran or will not run. */
  void give(Message activity) {
    Permits cap = capOf(activity);
    if (cap != null) {
      cap.give(1);
    }
    all.give(1);
  }

  /** Whether a permit was freed for want of which a fetch left names out; asked once. */
  boolean fetchIsWanted() {
    return wanted.getAndSet(false);
  }

  /**
   * Reserves permits for a fetch of what this worker knows. All names that it passes have as many
   * permits as it may bring messages, so a cap with few left makes it small; after such a one that
   * came back full, the next asks for names without a cap only.
   *
   * @return null when there is nothing to ask for now
   */
  @Nullable Fetch fetch(int max) {
    boolean narrow = uncappedNext && !uncapped.isEmpty();
    uncappedNext = false;
    int free = all.takeShared(max);
    if (free == 0) {
      return null;
    }
    Map<Permits, Integer> reserved = new LinkedHashMap<>();
    boolean leftOut = false;
    int least = free;
    for (Permits cap : narrow ? List.<Permits>of() : caps.values()) {
      int taken = cap.takeShared(free);
      if (taken > 0) {
        reserved.put(cap, taken);
        least = Math.min(least, taken);
      } else {
        leftOut = true;
      }
    }
    Set<String> names = picks() ? names(reserved) : null;
    boolean nothing = names == null ? leftOut : names.isEmpty();
    Fetch fetch = new Fetch(this, nothing ? 0 : least, names, reserved, narrow);
    all.untake(free - fetch.max());
    fetch.shrink();
    return nothing ? null : fetch;
  }

  /** Reserves permits for a fetch of whatever waits; null when there are none. */
  @Nullable Fetch fetchAny(int max) {
    int free = all.takeShared(max);
    return free == 0 ? null : new Fetch(this, free, null, new LinkedHashMap<>(), false);
  }

  /**
   * Whether a fetch brings only what this worker knows: where storage filters names, and where it
   * knows none, so that there is nothing to fetch.
   */
  boolean picks() {
    return nameFilter || registry.activities().isEmpty();
  }

  /** A small fetch left permits unused although there was more. */
  void nextWithoutCaps() {
    uncappedNext = nameFilter;
  }

  private Set<String> names(Map<Permits, Integer> reserved) {
    if (reserved.isEmpty()) {
      return uncapped;
    }
    SortedSet<String> names = new TreeSet<>(uncapped);
    registry
        .activities()
        .forEach(
            (name, activity) -> {
              Permits cap = capOf(activity);
              if (cap != null && reserved.containsKey(cap)) {
                names.add(name);
              }
            });
    return names;
  }
}
