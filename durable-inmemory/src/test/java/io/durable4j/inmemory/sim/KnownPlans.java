package io.durable4j.inmemory.sim;

import io.durable4j.fixtures.drive.Carriers;
import io.durable4j.fixtures.sim.Act;
import io.durable4j.fixtures.sim.Fault;
import io.durable4j.fixtures.sim.Fault.Call;
import io.durable4j.fixtures.sim.Fault.Effect;
import io.durable4j.fixtures.sim.Fault.Point;
import io.durable4j.fixtures.sim.Plan;
import io.durable4j.fixtures.sim.Plan.ClientPlan;
import io.durable4j.fixtures.sim.Plan.WorkerPlan;
import io.durable4j.fixtures.sim.Profile;
import io.durable4j.fixtures.sim.Script;
import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shrunk schedules of faults that were found once in a hundred thousand seeds: written down, since
 * to look for them again would take too long. The seed stays open; it decides who goes on.
 */
final class KnownPlans {
  private KnownPlans() {}

  /**
   * A creation waits for the end of a live instance and sees it before the deletions of its turn.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan creationWaits(long seed) {
    return new Plan(
        seed,
        Profile.SLICED,
        1,
        List.of(new WorkerPlan(0, 0)),
        0,
        List.of(
            new ClientPlan("i0", List.of(start(400, "s", false), new Act.Await(1_500))),
            new ClientPlan("i0", List.of(start(400, "k", true)))),
        List.of(),
        Plan.ALL_DRAWS);
  }

  /**
   * A claim is answered with an error, and another worker asks for the partition before the next
   * look at the table.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan claimUnanswered(long seed) {
    return new Plan(
        seed,
        Profile.ATOMIC,
        2,
        List.of(new WorkerPlan(0, 0), new WorkerPlan(0, 0), new WorkerPlan(12_500, 0)),
        0,
        List.of(new ClientPlan("i0", List.of(start(100, "a/5", false), new Act.Await(5)))),
        List.of(
            new Fault(Call.LOAD, 1, Point.BEGIN, Effect.KILL, 60_000),
            new Fault(Call.REPLACE, 7, Point.ANSWER, Effect.FAIL, 0)),
        Plan.ALL_DRAWS);
  }

  /**
   * Runs one of them with one seed after the other until it fails; the runner of mutants.
   *
   * @param number 0 for {@link #creationWaits}, 1 for {@link #claimUnanswered}
   * @param seeds how many
   * @return how the first one fails; null when none does
   */
  static @Nullable String firstFailure(long number, int seeds) {
    try (Carriers carriers = Carriers.create()) {
      Simulator simulator = new Simulator(InMemoryBackend::create, carriers);
      for (long seed = 0; seed < seeds; seed++) {
        Simulator.Failed f =
            simulator.examine(number == 0 ? creationWaits(seed) : claimUnanswered(seed));
        if (f != null) {
          return f.invariant();
        }
      }
      return null;
    }
  }

  private static Act start(int pause, String script, boolean replace) {
    return new Act.Start(pause, Script.parse(script), 0, replace);
  }
}
