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
import io.durable4j.fixtures.sim.Sessions;
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
        Plan.ALL_DRAWS,
        Sessions.OFF);
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
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  /**
   * A further attempt of a child and another parent's start of the same id arrive together.
   *
   * @param seed decides who goes on, and when the other parent begins
   * @return the plan
   */
  static Plan attemptMeetsStart(long seed) {
    return new Plan(
        seed,
        Profile.GROUPED,
        1,
        List.of(new WorkerPlan(0, 0)),
        2,
        List.of(
            new ClientPlan(
                "i0",
                List.of(start(40 + (int) (seed % 150), "n/7000/0/2/1", false), new Act.Await(20))),
            new ClientPlan("i2", List.of(start(0, "n/20/1/2/3", false), new Act.Await(20)))),
        List.of(),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  /**
   * The child of a rewound parent was replaced by another instance, which is in the way.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan rewindFindsAnother(long seed) {
    return new Plan(
        seed,
        Profile.ATOMIC,
        1,
        List.of(new WorkerPlan(0, 0)),
        0,
        List.of(
            new ClientPlan(
                "i2", List.of(start(0, "n/0/1/1/1 y/3/300", false), new Act.Rewind(20_000))),
            new ClientPlan("c1", List.of(start(7_000, "t/20", true)))),
        List.of(),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  private static Plan plan(long number, long seed) {
    return switch ((int) number) {
      case 0 -> creationWaits(seed);
      case 1 -> claimUnanswered(seed);
      case 2 -> attemptMeetsStart(seed);
      default -> rewindFindsAnother(seed);
    };
  }

  /**
   * Runs one of them with one seed after the other until it fails; the runner of mutants.
   *
   * @param number counts them in the order in which they stand here
   * @param seeds how many
   * @return how the first one fails; null when none does
   */
  static @Nullable String firstFailure(long number, int seeds) {
    try (Carriers carriers = Carriers.create()) {
      Simulator simulator = new Simulator(InMemoryBackend::create, carriers);
      for (long seed = 0; seed < seeds; seed++) {
        Simulator.Failed f = simulator.examine(plan(number, seed));
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
