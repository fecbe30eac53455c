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
    Chain brief = new Chain(Math.min(SHORT, steps), 1, false);
    rounds.warmUp(NAME + "-base", brief);
    warmUp(rounds);
    List<Round> chains = new ArrayList<>();
    List<Round> loads = new ArrayList<>();
    Ratios time = new Ratios();
    Ratios cpu = new Ratios();
    long events = 0;
    for (int i = 1; i <= rounds.options().size().rounds(); i++) {
      rounds.progress().round(NAME, i, rounds.options().size().rounds());
      Round base = rounds.round(brief).round();
      try (Storage storage = Storage.fresh(rounds.options())) {
        Meter meter = storage.meter();
        Round chain = chain(rounds, storage, meter);
        chains.add(chain);
        time.add(base.perSecond(), chain.perSecond());
        cpu.add(cpuOf(chain), cpuOf(base));
        rounds.progress().doing(NAME + ": cold load");
        events = load(rounds, storage, meter, loads);
      }
    }
    Result chain = Result.of(NAME, "activity", chains, Double.NaN);
    Result load = Result.of(NAME + "-load", "load", loads, Double.NaN);
    return List.of(
        cpu.on(time.on(chain, "timePerStepRatio"), "cpuPerStepRatio"),
        load.with("historyEvents", events)
            .with("cpuMillisPer10000Events", load.figure("cpuMicrosPerOp") * 10 / events));
  }

  /** The compiler makes other code for a long chain than for a short one. */
  private void warmUp(Rounds rounds) {
    double seconds = rounds.options().size().warmup();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < seconds * 1e9) {
      rounds.progress().doing(NAME + ": warm-up");
      try (Storage storage = Storage.fresh(rounds.options())) {
        chain(rounds, storage, storage.meter());
      }
    }
  }

  private static double cpuOf(Round round) {
    return (double) round.usage().cpuNanos() / round.ops();
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
      // the short chain's inputs: a larger one is an object that the caller makes at each replay
      sum += ctx.callActivity(Chain.ONE, i % SHORT).await();
    }
    Objects.requireNonNull(done.get()).countDown();
    return sum + ctx.waitForExternalEvent(END).await();
  }
}
