package io.durable4j.benchmarks.load;

import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One orchestration of many activities in sequence, compared a step with a short one, and then its
 * first turn on a host that has never seen it.
 */
final class LongHistory implements Scenario {
  static final String NAME = "long-history";
  private static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("LongHistory", Integer.class, Integer.class);
  private static final EventRef<Integer> END = EventRef.of("end", Integer.class);
  private static final int SHORT = 100;

  private final int steps;
  private final AtomicReference<@Nullable CountDownLatch> done = new AtomicReference<>();

  LongHistory(int steps) {
    this.steps = steps;
  }

  @Override
  public List<Result> measure(Rounds rounds) {
    Result brief =
        rounds.measure(NAME + "-base", "activity", new Chain(Math.min(SHORT, steps), 1, false));
    List<Round> chains = new ArrayList<>();
    List<Round> loads = new ArrayList<>();
    long events = 0;
    for (int i = 1; i <= rounds.options().size().rounds(); i++) {
      rounds.progress().round(NAME, i, rounds.options().size().rounds());
      try (Storage storage = Storage.fresh(rounds.options())) {
        Meter meter = storage.meter();
        chains.add(chain(rounds, storage, meter));
        rounds.progress().doing(NAME + ": cold load");
        events = load(rounds, storage, meter, loads);
      }
    }
    Result chain = Result.of(NAME, "activity", chains, Double.NaN);
    Result load = Result.of(NAME + "-load", "load", loads, Double.NaN);
    return List.of(
        chain
            .with("timePerStepRatio", brief.figure("perSecond") / chain.figure("perSecond"))
            .with(
                "cpuPerStepRatio", chain.figure("cpuMicrosPerOp") / brief.figure("cpuMicrosPerOp")),
        load.with("historyEvents", events)
            .with("cpuMillisPer10000Events", load.figure("cpuMicrosPerOp") * 10 / events));
  }

  /** Ends when the last activity's result has reached the orchestrator. */
  private Round chain(Rounds rounds, Storage storage, Meter meter) {
    try (DurableHost host = Rig.start(storage, rounds.settings(), this::register)) {
      CountDownLatch latch = new CountDownLatch(1);
      done.set(latch);
      System.gc();
      Usage start = meter.now();
      host.client().schedule(REF, steps, StartOptions.id(NAME));
      latch.await();
      Usage usage = meter.since(start);
      return new Round(steps, usage, new long[] {usage.nanos()});
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The first turn of the instance on a fresh host; answers how many events its history had. */
  private long load(Rounds rounds, Storage storage, Meter meter, List<Round> loads) {
    try (DurableHost host = Rig.start(storage, rounds.settings(), this::register)) {
      InstanceHandle<Integer> handle = host.client().instance(REF, NAME);
      long events = handle.historyJson().split("\"kind\"", -1).length - 1L;
      System.gc();
      Usage start = meter.now();
      handle.raise(END, 1);
      Load.check(steps + 1, handle.result(Rig.PATIENCE));
      Usage usage = meter.since(start);
      loads.add(new Round(1, usage, new long[] {usage.nanos()}));
      return events;
    }
  }

  private void register(DurableHost.Builder host) {
    host.orchestrator(REF, this::chain).activity(Chain.ONE, n -> 1);
  }

  private Integer chain(OrchestrationContext ctx, Integer count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ctx.callActivity(Chain.ONE, i).await();
    }
    Objects.requireNonNull(done.get()).countDown();
    return sum + ctx.waitForExternalEvent(END).await();
  }
}
