package io.durable4j.inmemory.sim;

import io.durable4j.fixtures.sim.Fault;
import io.durable4j.fixtures.sim.Fault.Call;
import io.durable4j.fixtures.sim.Fault.Effect;
import io.durable4j.fixtures.sim.Fault.Point;
import io.durable4j.fixtures.sim.Plan;
import io.durable4j.fixtures.sim.Plan.WorkerPlan;
import io.durable4j.fixtures.sim.Profile;
import io.durable4j.fixtures.sim.Sessions;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plans of races. The seed says how the backend commits, and what goes wrong: nothing, a worker
 * that dies at a commit, or a call that takes effect and is answered late.
 */
final class RacePlan {
  static final List<Profile> PROFILES = List.of(Profile.ATOMIC, Profile.SLICED, Profile.GROUPED);

  private static final int TROUBLES = 3;
  private static final int MOST_COMMITS = 8;
  private static final List<Point> POINTS = List.of(Point.BEGIN, Point.EFFECT, Point.ANSWER);
  private static final List<Call> SLOW =
      List.of(Call.COMMIT, Call.COMMIT, Call.SEND, Call.CREATE, Call.PURGE, Call.RESPOND);
  private static final int[] PAUSES = {1, 8, 30, 400, 3_000, 12_000};

  private RacePlan() {}

  static Profile profile(long seed) {
    return PROFILES.get((int) (seed % PROFILES.size()));
  }

  static Plan of(Race race, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Profile profile = profile(seed);
    List<Fault> faults =
        switch ((int) (seed / PROFILES.size() % TROUBLES)) {
          case 0 -> List.of();
          case 1 -> List.of(kill(profile, random));
          default -> List.of(late(random));
        };
    return new Plan(
        seed,
        profile,
        1 + random.nextInt(2),
        List.of(new WorkerPlan(0, 0), new WorkerPlan(0, 0)),
        random.nextInt(3),
        race.clients(random),
        faults,
        Plan.ALL_DRAWS,
        Sessions.values()[(int) (seed / 5 % Sessions.values().length)]);
  }

  private static Fault kill(Profile profile, SplittableRandom random) {
    boolean inside = profile == Profile.SLICED && random.nextBoolean();
    int number = 1 + random.nextInt(inside ? 3 * MOST_COMMITS : MOST_COMMITS);
    Point point = POINTS.get(random.nextInt(POINTS.size()));
    return new Fault(inside ? Call.SLICE : Call.COMMIT, number, point, Effect.KILL, pause(random));
  }

  private static Fault late(SplittableRandom random) {
    Call call = SLOW.get(random.nextInt(SLOW.size()));
    int number = 1 + random.nextInt(call == Call.COMMIT ? MOST_COMMITS : 2);
    return new Fault(call, number, Point.ANSWER, Effect.DELAY, pause(random));
  }

  private static int pause(SplittableRandom random) {
    return PAUSES[random.nextInt(PAUSES.length)];
  }
}
