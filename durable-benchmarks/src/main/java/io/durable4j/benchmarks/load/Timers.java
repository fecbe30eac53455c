package io.durable4j.benchmarks.load;

import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Timers of several orchestrations that are due evenly within one second. An operation is a timer;
 * a latency is its lateness: from its due time to the moment that its orchestrator knows of it.
 */
final class Timers implements Load {
  private static final OrchestratorRef<Plan, Integer> REF =
      OrchestratorRef.of("Timers", Plan.class, Integer.class);
  private static final long SPREAD_NANOS = 1_000_000_000L;
  private static final int MOST_SECONDS = 120;

  private final int instances;
  private final int each;
  private final AtomicReference<@Nullable Watch> watch = new AtomicReference<>();

  Timers(int instances, int each) {
    this.instances = instances;
    this.each = each;
  }

  /**
   * The timers of one orchestration.
   *
   * @param first when the first of all timers is due
   * @param index which orchestration this is
   * @param instances how many there are
   * @param each timers of each
   */
  record Plan(Instant first, int index, int instances, int each) {
    /** When a timer is due; those of the orchestrations alternate. */
    Instant due(int timer) {
      long place = (long) timer * instances + index;
      return first.plusNanos(place * SPREAD_NANOS / ((long) instances * each));
    }
  }

  /**
   * What is seen from outside.
   *
   * @param created counts orchestrations that have created their timers
   * @param lateness nanoseconds, by timer; 0 before it fired
   */
  private record Watch(CountDownLatch created, AtomicLongArray lateness) {}

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(REF, this::timers);
  }

  @Override
  public Round run(Rig rig) {
    for (int lead = 1; lead <= MOST_SECONDS; lead *= 2) {
      Round round = run(rig, Duration.ofSeconds(lead));
      if (round.ops() > 0) {
        return round;
      }
    }
    throw new IllegalStateException("Cannot create the timers within " + MOST_SECONDS + " s");
  }

  /** No operations when the first timer was due before the last was created. */
  private Round run(Rig rig, Duration lead) {
    Watch now = new Watch(new CountDownLatch(instances), new AtomicLongArray(instances * each));
    watch.set(now);
    Instant first = Instant.now().plus(lead);
    List<InstanceHandle<Integer>> handles = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      handles.add(rig.client().schedule(REF, new Plan(first, i, instances, each)));
    }
    boolean inTime = allCreated(now.created(), first);
    Usage start = rig.meter().now();
    for (InstanceHandle<Integer> h : handles) {
      Load.check(each, h.result(Rig.PATIENCE));
    }
    Usage usage = rig.meter().since(start);
    long[] lateness = IntStream.range(0, instances * each).mapToLong(now.lateness()::get).toArray();
    return inTime ? new Round(lateness.length, usage, lateness) : Round.NONE;
  }

  /** Waits for the first timer's time. */
  private static boolean allCreated(CountDownLatch created, Instant first) {
    try {
      created.await();
      Duration left = Duration.between(Instant.now(), first);
      if (left.isNegative()) {
        return false;
      }
      Thread.sleep(left.toMillis());
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private Integer timers(OrchestrationContext ctx, Plan plan) {
    Watch seen = Objects.requireNonNull(watch.get());
    List<Task<Integer>> all = new ArrayList<>();
    for (int i = 0; i < plan.each(); i++) {
      Instant due = plan.due(i);
      int slot = plan.index() * plan.each() + i;
      all.add(ctx.createTimer(due).thenApply(none -> fired(seen, slot, due)));
    }
    if (!ctx.isReplaying()) {
      seen.created().countDown();
    }
    return ctx.allOf(all).await().stream().mapToInt(Integer::intValue).sum();
  }

  /** The first time counts; replays tell it again. */
  private static Integer fired(Watch watch, int slot, Instant due) {
    long late = Duration.between(due, Instant.now()).toNanos();
    watch.lateness().compareAndSet(slot, 0, Math.max(1, late));
    return 1;
  }
}
