package io.durable4j.samples.monitor;

import io.durable4j.activity.ActivityRef;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks again and again, with growing pauses that cost nothing, until something is ready. */
public final class Monitor {
  /** The contract; the result is the number of looks, or a negative one when it was never ready. */
  public static final OrchestratorRef<Watch, Integer> REF =
      OrchestratorRef.of("Monitor", Watch.class, Integer.class);

  /** Tells whether something is ready. */
  public static final ActivityRef<String, Boolean> IS_READY =
      ActivityRef.of("IsReady", String.class, Boolean.class);

  private static final int GROWTH = 2;

  private Monitor() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--first-pause PT0.2S] [--limit PT1M]
   *     [--ready-at LOOKS]}
   */
  public static void main(String[] line) {
    int looks = run(line);
    System.out.println(looks > 0 ? "Ready at look " + looks : "Gave up after looks: " + -looks);
  }

  static int run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(
            line,
            Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "first-pause", "limit", "ready-at"));
    Watch watch =
        new Watch(
            "the oven",
            args.duration("first-pause", "PT0.2S").toMillis(),
            args.duration("limit", "PT1M").toMillis());
    AtomicInteger looksToCome = new AtomicInteger(args.number("ready-at", 4));
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(REF, Monitor::watch)
                .activity(IS_READY, what -> looksToCome.decrementAndGet() <= 0)
                .start()) {
      return host.client().schedule(REF, watch).result(Duration.ofMinutes(10));
    }
  }

  private static int watch(OrchestrationContext ctx, Watch watch) {
    Instant limit = ctx.currentInstant().plusMillis(watch.limitMillis());
    Duration pause = Duration.ofMillis(watch.firstPauseMillis());
    int looks = 1;
    while (!ctx.callActivity(IS_READY, watch.what()).await()) {
      if (ctx.currentInstant().plus(pause).isAfter(limit)) {
        return -looks;
      }
      ctx.sleep(pause);
      pause = pause.multipliedBy(GROWTH);
      looks++;
    }
    return looks;
  }

  /**
   * What to look at.
   *
   * @param what for the activity
   * @param firstPauseMillis the first pause, in milliseconds; each next one is twice as long
   * @param limitMillis how long to go on, in milliseconds
   */
  public record Watch(String what, long firstPauseMillis, long limitMillis) {}
}
