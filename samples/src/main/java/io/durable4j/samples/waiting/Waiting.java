package io.durable4j.samples.waiting;

import io.durable4j.client.DurableClient;
import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.observe.Health;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * What waiting costs: starts many orchestrations that wait for an event, shows that none of them
 * holds a thread or a permit, then lets all of them go on and finish.
 */
public final class Waiting {
  /** The contract: a number comes back with what the event brought. */
  public static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("Waiting", Integer.class, Integer.class);

  /** What they wait for. */
  public static final EventRef<Integer> GO = EventRef.of("go", Integer.class);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Waiting() {}

  /**
   * What was measured.
   *
   * @param instances how many
   * @param startNanos until all of them waited
   * @param heapBytes what the heap held then, after a collection
   * @param turnsInUse permits of turns in use then
   * @param activitiesInUse permits of activities in use then
   * @param threads the process's platform threads then
   * @param finishNanos from the first event until all had finished
   * @param sum of all results
   */
  public record Figures(
      int instances,
      long startNanos,
      long heapBytes,
      int turnsInUse,
      int activitiesInUse,
      int threads,
      long finishNanos,
      long sum) {
    /** Whether each came to its own result: 0 to n - 1, and 1 for each. */
    boolean isRight() {
      return sum == (long) instances * (instances - 1) / 2 + instances;
    }

    @Override
    public String toString() {
      return String.format(
          java.util.Locale.ROOT,
          "%,d instances: all waiting after %.1f s (%,.0f a second)%n"
              + "while they wait: %,d MB of heap (%,d bytes each), %d turn permits and %d activity"
              + " permits in use, %d threads%n"
              + "released and finished in %.1f s (%,.0f a second); JDK %s, heap of at most %,d MB",
          instances,
          startNanos / 1e9,
          instances * 1e9 / startNanos,
          heapBytes >> 20,
          heapBytes / Math.max(1, instances),
          turnsInUse,
          activitiesInUse,
          threads,
          finishNanos / 1e9,
          instances * 1e9 / finishNanos,
          Runtime.version(),
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  /**
   * Runs the sample.
   *
   * @param line {@code [--instances N] [--journal DIR | --azure TEXT]}
   * @throws InterruptedException when interrupted
   */
  public static void main(String[] line) throws InterruptedException {
    Figures figures = run(line);
    System.out.println(figures);
    if (!figures.isRight()) {
      throw new IllegalStateException("The sum of all results should be another: " + figures.sum());
    }
  }

  static Figures run(String[] line) throws InterruptedException {
    SampleArgs args =
        SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "instances"));
    int instances = args.number("instances", 100_000);
    CountDownLatch begun = new CountDownLatch(instances);
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(
                    REF,
                    (ctx, n) -> {
                      begun.countDown();
                      return n + ctx.waitForExternalEvent(GO).await();
                    })
                .start()) {
      DurableClient client = host.client();
      long start = System.nanoTime();
      for (int i = 0; i < instances; i++) {
        client.schedule(REF, i, StartOptions.id(id(i)));
      }
      begun.await();
      Health health = allWait(host);
      long waiting = System.nanoTime();
      long heap = heap();
      int threads = Thread.getAllStackTraces().size();
      long release = System.nanoTime();
      for (int i = 0; i < instances; i++) {
        client.instance(REF, id(i)).raise(GO, 1);
      }
      long sum = 0;
      for (int i = 0; i < instances; i++) {
        sum += client.instance(REF, id(i)).result(PATIENCE);
      }
      long end = System.nanoTime();
      return new Figures(
          instances,
          waiting - start,
          heap,
          health.turns().inUse(),
          health.activities().inUse(),
          threads,
          end - release,
          sum);
    }
  }

  private static String id(int i) {
    return "waiting-" + i;
  }

  /** The last of them has begun; waits until its turn is stored too. */
  private static Health allWait(DurableHost host) throws InterruptedException {
    Health health = host.health();
    while (health.turns().inUse() > 0) {
      Thread.sleep(10);
      health = host.health();
    }
    return health;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
