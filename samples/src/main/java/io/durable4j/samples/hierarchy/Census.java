package io.durable4j.samples.hierarchy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.DurableClient;
import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Counts the people of a country: a region asks its towns, each an orchestration of its own, and
 * the country asks its regions. Whatever a town comes to, the count comes to its end.
 */
public final class Census {
  /** A part of the country. Without parts it is a town. */
  public record Area(String name, int people, List<Area> parts) {
    /** Copies the list. */
    public Area {
      parts = List.copyOf(parts);
    }
  }

  /** What was counted, and how many towns did not answer. */
  public record Count(int people, int missing) {
    Count plus(Count other) {
      return new Count(people + other.people, missing + other.missing);
    }
  }

  /** The contract: an area to its count. */
  public static final OrchestratorRef<Area, Count> COUNT_AREA =
      OrchestratorRef.of("CountArea", Area.class, Count.class);

  /** Hears of each area that is done. */
  public static final OrchestratorRef<Integer, Integer> PROGRESS =
      OrchestratorRef.of("Progress", Integer.class, Integer.class);

  /** Tells of an area that is done. */
  public static final EventRef<String> DONE = EventRef.of("done", String.class);

  /** Counts a town. */
  public static final ActivityRef<Area, Integer> COUNT_TOWN =
      ActivityRef.of("CountTown", Area.class, Integer.class);

  private static final Area COUNTRY =
      new Area(
          "country",
          0,
          List.of(
              new Area("north", 0, List.of(town("Alby", 120), town("Brae", 80))),
              new Area("south", 0, List.of(town("Cole", 300), town("Dusk", -1)))));

  private Census() {}

  private static Area town(String name, int people) {
    return new Area(name, people, List.of());
  }

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT]}
   */
  public static void main(String[] line) {
    System.out.println(run(line));
  }

  static Count run(String[] line) {
    SampleArgs args = SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE));
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(COUNT_AREA, Census::count)
                .orchestrator(PROGRESS, Census::progress)
                .activity(COUNT_TOWN, Census::countTown)
                .start()) {
      DurableClient client = host.client();
      var progress = client.schedule(PROGRESS, 3, StartOptions.id("census-progress"));
      Count count =
          client
              .schedule(COUNT_AREA, COUNTRY, StartOptions.id("census"))
              .result(Duration.ofMinutes(1));
      progress.result(Duration.ofMinutes(1));
      return count;
    }
  }

  private static Count count(OrchestrationContext ctx, Area area) {
    Count sum =
        area.parts().isEmpty()
            ? new Count(ctx.callActivity(COUNT_TOWN, area).await(), 0)
            : countParts(ctx, area);
    if (!area.parts().isEmpty()) {
      ctx.sendEvent("census-progress", DONE, area.name());
    }
    return sum;
  }

  // snippet fan-in
  private static Count countParts(OrchestrationContext ctx, Area area) {
    CallOptions twice = CallOptions.retry(RetryPolicy.of(2, Duration.ofMillis(50)));
    List<Task<Count>> counts = new ArrayList<>();
    for (Area part : area.parts()) {
      // an id to find it by; without one the engine derives it from this execution
      String id = ctx.instanceId() + "/" + part.name();
      counts.add(ctx.callSubOrchestrator(COUNT_AREA, part, twice.withInstanceId(id)));
    }
    Count sum = new Count(0, 0);
    for (Task<Count> count : counts) {
      Outcome<Count> outcome = count.outcome();
      sum = sum.plus(outcome instanceof Outcome.Ok<Count> ok ? ok.value() : new Count(0, 1));
    }
    return sum;
  }

  // end

  private static Integer progress(OrchestrationContext ctx, Integer areas) {
    for (int i = 0; i < areas; i++) {
      ctx.setCustomStatus(ctx.waitForExternalEvent(DONE).await() + " is done");
    }
    return areas;
  }

  private static Integer countTown(Area town) {
    if (town.people() < 0) {
      throw new IllegalStateException("nobody is at home in " + town.name());
    }
    return town.people();
  }
}
