package io.durable4j.benchmarks.load;

import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
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
 * What an orchestration takes while it waits for an event: with its session, after the session was
 * let go for being idle, and where sessions have as many bytes as the settings give them. Then all
 * of them go on, and their results are checked.
 */
final class Waiting implements Scenario {
  static final String NAME = "waiting";
  private static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("Waiting", Integer.class, Integer.class);
  private static final EventRef<Integer> GO = EventRef.of("go", Integer.class);
  private static final long LOOK_MILLIS = 1_500;
  private static final int LOOKS = 20;

  private final int instances;
  private final AtomicReference<@Nullable CountDownLatch> begun = new AtomicReference<>();

  Waiting(int instances) {
    this.instances = instances;
  }

  @Override
  public List<Result> measure(Rounds rounds) {
    try {
      return measured(rounds);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private List<Result> measured(Rounds rounds) throws InterruptedException {
    Rounds roomy = rounds.with(Setting.SESSIONS_BYTES, Long.toString(1L << 40));
    warmUp(roomy);
    List<Result> results = new ArrayList<>();
    results.add(measure(NAME, roomy.with(Setting.SESSIONS_IDLE, "P1D"), false));
    if (!rounds.options().sessions().equals("off")) {
      results.add(measure(NAME + "-evicted", roomy.with(Setting.SESSIONS_IDLE, "PT1S"), true));
      results.add(measure(NAME + "-bounded", rounds.with(Setting.SESSIONS_IDLE, "P1D"), true));
    }
    return results;
  }

  /** Stacks of those that wait are larger while their code is not compiled yet. */
  private void warmUp(Rounds rounds) throws InterruptedException {
    rounds.progress().doing(NAME + ": warm-up");
    long begin = System.nanoTime();
    do {
      try (Storage storage = Storage.fresh(rounds.options());
          DurableHost host = Rig.start(storage, rounds.settings(), this::register)) {
        begin(host);
        release(host);
      }
    } while (System.nanoTime() - begin < rounds.options().size().warmup() * 1e9);
  }

  private Result measure(String name, Rounds rounds, boolean settles) throws InterruptedException {
    rounds.progress().doing(name + ": " + instances + " instances");
    try (Storage storage = Storage.fresh(rounds.options());
        DurableHost host = Rig.start(storage, rounds.settings(), this::register)) {
      Meter meter = storage.meter();
      Heap before = Heap.now();
      Usage start = meter.now();
      begin(host);
      Usage usage = meter.since(start);
      rounds.progress().doing(name + ": heap");
      Heap heap = (settles ? settled() : Heap.now()).minus(before);
      rounds.progress().doing(name + ": results");
      release(host);
      Round round = new Round(instances, usage, new long[0]);
      return Result.of(name, "start", List.of(round), Double.NaN)
          .with("heapBytesPerInstance", (double) heap.all() / instances)
          .with("ourBytesPerInstance", (double) heap.engine() / instances)
          .with("ourStorageBytesPerInstance", (double) heap.storage() / instances);
    }
  }

  /** Starts all and waits until the last one waits and that is stored. */
  private void begin(DurableHost host) throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(instances);
    begun.set(latch);
    for (int i = 0; i < instances; i++) {
      host.client().schedule(REF, i, StartOptions.id(id(i)));
    }
    latch.await();
    while (host.health().turns().inUse() > 0) {
      Thread.sleep(10);
    }
  }

  /** Looks until idle sessions are gone, which shows in that the heap shrinks no more. */
  private static Heap settled() throws InterruptedException {
    Heap heap = Heap.now();
    for (int i = 0; i < LOOKS; i++) {
      Thread.sleep(LOOK_MILLIS);
      Heap next = Heap.now();
      boolean still = i > 1 && next.all() > heap.all() * 0.99;
      heap = next;
      if (still) {
        break;
      }
    }
    return heap;
  }

  private void release(DurableHost host) {
    for (int i = 0; i < instances; i++) {
      host.client().instance(REF, id(i)).raise(GO, 1);
    }
    for (int i = 0; i < instances; i++) {
      Load.check(i + 1, host.client().instance(REF, id(i)).result(Rig.PATIENCE));
    }
  }

  private void register(DurableHost.Builder host) {
    host.orchestrator(REF, this::await);
  }

  private Integer await(OrchestrationContext ctx, Integer n) {
    Objects.requireNonNull(begun.get()).countDown();
    return n + ctx.waitForExternalEvent(GO).await();
  }

  private static String id(int i) {
    return NAME + "-" + i;
  }
}
