package io.durable4j.inmemory.sim;

import io.durable4j.fixtures.sim.Outcome;
import io.durable4j.fixtures.sim.Profile;
import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs races and counts their orders; also the runner of their mutants. */
final class RaceRun {
  /** How a seed of a race ended: an order that is allowed, or a flaw. */
  record End(String order, boolean flaw) {}

  private RaceRun() {}

  static List<Race> races() {
    return List.of(
        new EndRaces.TerminateOrComplete(),
        new TurnRaces.RaiseOrContinue(),
        new StartRaces.PurgeOrReplace(),
        new TurnRaces.SuspendOrSchedule(),
        new TurnRaces.RewindOrResult(),
        new StartRaces.TwoStarts(),
        new EndRaces.ParentOrChild());
  }

  static End run(Simulator simulator, Race race, long seed) {
    Outcome o = simulator.outcome(RacePlan.of(race, seed));
    if (o.broken() != null) {
      return new End(o.broken(), true);
    }
    try {
      return new End(race.order(o, RacePlan.profile(seed) != Profile.SLICED), false);
    } catch (Race.Mixture e) {
      return new End(String.valueOf(e.getMessage()), true);
    }
  }

  /**
   * Runs seeds from 0 on.
   *
   * @param simulator what runs them
   * @param race the race
   * @param seeds how many
   * @param threads how many at a time
   * @param flaws takes the seeds with a flaw
   * @return how often each order was seen on each profile
   */
  static Map<String, Map<Profile, Integer>> run(
      Simulator simulator, Race race, int seeds, int threads, Map<Long, String> flaws) {
    End[] ends = new End[seeds];
    AtomicLong next = new AtomicLong();
    Map<Long, Throwable> broken = new ConcurrentHashMap<>();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (long i = next.getAndIncrement(); i < seeds; i = next.getAndIncrement()) {
                  ends[(int) i] = run(simulator, race, i);
                }
              },
              "races-" + t);
      thread.setUncaughtExceptionHandler((which, e) -> broken.put(next.get(), e));
      thread.start();
      all.add(thread);
    }
    all.forEach(RaceRun::join);
    broken
        .values()
        .forEach(
            e -> {
              throw new AssertionError("The race itself failed", e);
            });
    Map<String, Map<Profile, Integer>> counts = new TreeMap<>();
    for (int seed = 0; seed < seeds; seed++) {
      End end = ends[seed];
      if (end.flaw()) {
        flaws.put((long) seed, end.order());
      } else {
        counts
            .computeIfAbsent(end.order(), o -> new TreeMap<>())
            .merge(RacePlan.profile(seed), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * Runs a race until a seed has a flaw.
   *
   * @param number the place of the race in the list
   * @param seeds how many at most
   * @return the flaw; null for none
   */
  static @Nullable String firstFailure(long number, int seeds) {
    try (Carriers carriers = Carriers.create()) {
      Simulator simulator = new Simulator(InMemoryBackend::create, carriers);
      for (long seed = 0; seed < seeds; seed++) {
        End end = run(simulator, races().get((int) number), seed);
        if (end.flaw()) {
          return end.order();
        }
      }
      return null;
    }
  }
}
