package io.durable4j.inmemory.sim;

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
import io.durable4j.fixtures.sim.Serves;
import io.durable4j.fixtures.sim.Sessions;
import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shrunk schedules of faults that were found once in a hundred thousand seeds: written down, since
 * to look for them again would take too long. The seed stays open; it decides who goes on.
 */
final class KnownPlans {
  private KnownPlans() {}

  /**
   * A creation waits, and sees the end of the instance that was faster before the deletions of its
   * turn, one of which is of its own start.
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
            new ClientPlan("i0", List.of(start(400, "k", false), new Act.Await(1_500))),
            new ClientPlan("i0", List.of(start(400, "k", true)))),
        List.of(
            new Fault(Call.SLICE, 1, Point.EFFECT, Effect.DELAY, 1_000),
            new Fault(Call.SLICE, 5, Point.EFFECT, Effect.DELAY, 2_000)),
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
            new Fault(Call.REPLACE, 6, Point.ANSWER, Effect.FAIL, 0)),
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
        1,
        List.of(
            new ClientPlan(
                "i0",
                List.of(
                    start(400 + 100 * (int) (seed % 12), "n/7000/0/2/1", false),
                    new Act.Await(20))),
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

  /**
   * A turn is held up while its activity is delivered again, twice; both results come with a start
   * that is refused.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan refusalMeetsRepeats(long seed) {
    return new Plan(
        seed,
        Profile.ATOMIC,
        1,
        List.of(new WorkerPlan(0, 0)),
        0,
        List.of(
            new ClientPlan("i0", List.of(start(0, "a/5", false), new Act.Await(0))),
            new ClientPlan("i1", List.of(start(100, "n/0/0/3/1", false)))),
        List.of(
            new Fault(Call.COMMIT, 2, Point.EFFECT, Effect.DELAY, 25_000),
            new Fault(Call.RENEW, 1, Point.EFFECT, Effect.DELAY, 25_000)),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  /**
   * A worker that does not know yet that it lost the partition runs an activity of a child's first
   * turn, which is being committed by the new owner, in slices.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan resultMeetsBirth(long seed) {
    return new Plan(
        seed,
        Profile.SLICED,
        1,
        List.of(new WorkerPlan(0, 0), new WorkerPlan(2_000, 0, Serves.FLOWS, 0)),
        0,
        List.of(new ClientPlan("i0", List.of(start(0, "n/0/0/0/1", false), new Act.Await(0)))),
        List.of(
            new Fault(Call.COMMIT, 1, Point.ANSWER, Effect.FREEZE, 15_000),
            new Fault(Call.SLICE, 5, Point.EFFECT, Effect.DELAY, 7_000)),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  /**
   * A suspension of what is suspended already takes effect once more after the resumption.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan suspensionReturns(long seed) {
    return new Plan(
        seed,
        Profile.ATOMIC,
        1,
        List.of(new WorkerPlan(0, 0)),
        0,
        List.of(
            new ClientPlan(
                "i0",
                List.of(
                    start(0, "t/25000", false),
                    new Act.Suspend(100),
                    new Act.Suspend(400),
                    new Act.Resume(400),
                    new Act.Await(20)))),
        List.of(new Fault(Call.SEND, 2, Point.ANSWER, Effect.TWICE, 11_000)),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  /**
   * A worker leaves, and an activity runs for longer than it waits.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan activityOutlastsItsWorker(long seed) {
    return new Plan(
        seed,
        Profile.ATOMIC,
        1,
        List.of(new WorkerPlan(0, 500), new WorkerPlan(11_000, 0)),
        0,
        List.of(new ClientPlan("i0", List.of(start(0, "g/2/0 a/25000", false), new Act.Await(20)))),
        List.of(),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  /**
   * The request for a lock is sent by a turn that is not committed, so that its answer is there
   * before the turn runs again.
   *
   * @param seed decides who goes on
   * @return the plan
   */
  static Plan answerBeforeItsTurn(long seed) {
    return new Plan(
        seed,
        Profile.SLICED,
        1,
        List.of(new WorkerPlan(0, 0)),
        0,
        List.of(new ClientPlan("i0", List.of(start(0, "B/1/2/1/0/0", false), new Act.Await(0)))),
        List.of(new Fault(Call.SLICE, 2, Point.EFFECT, Effect.FAIL, 500)),
        Plan.ALL_DRAWS,
        Sessions.OFF);
  }

  private static Plan plan(long number, long seed) {
    return switch ((int) number) {
      case 0 -> creationWaits(seed);
      case 1 -> claimUnanswered(seed);
      case 2 -> attemptMeetsStart(seed);
      case 3 -> rewindFindsAnother(seed);
      case 4 -> refusalMeetsRepeats(seed);
      case 5 -> resultMeetsBirth(seed);
      case 6 -> suspensionReturns(seed);
      case 7 -> activityOutlastsItsWorker(seed);
      default -> answerBeforeItsTurn(seed);
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
