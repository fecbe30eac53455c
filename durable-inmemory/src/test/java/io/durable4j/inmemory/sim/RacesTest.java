package io.durable4j.inmemory.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.sim.Profile;
import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Races, judged by the invariants and by an oracle of their own each, which says what may come of
 * them; all orders that the races can have must be seen. {@code -Drace.seeds=N} runs more seeds,
 * {@code -Drace.name=begin} only races whose title begins so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("one-jdk")
final class RacesTest {
  /** A third of them on each profile; of these, a third without a fault. */
  private static final int SEEDS = 900;

  private final Carriers carriers = Carriers.create();
  private final Simulator simulator = new Simulator(InMemoryBackend::create, carriers);

  @AfterAll
  void close() {
    carriers.close();
  }

  @TestFactory
  Stream<DynamicTest> bothOrdersAreSeenAndNothingElse() {
    String only = System.getProperty("race.name", "");
    return RaceRun.races().stream()
        .filter(r -> r.title().startsWith(only))
        .map(r -> DynamicTest.dynamicTest(r.title(), () -> check(r)));
  }

  @TestFactory
  Stream<DynamicTest> eachRaceShowsItsMutant() {
    List<RaceMutants.Caught> all = RaceMutants.all();
    assertThat(all).hasSameSizeAs(RaceRun.races());
    return IntStream.range(0, all.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest(all.get(i).mutant().name(), () -> shows(i, all.get(i))));
  }

  private static void shows(int race, RaceMutants.Caught caught) {
    try (MutantLoader mutants = new MutantLoader(RaceRun.class.getName())) {
      assertThat(mutants.run(caught.mutant(), race, SEEDS)).startsWith(caught.flaw());
    }
  }

  private void check(Race race) {
    Map<Long, String> flaws = new TreeMap<>();
    Map<String, Map<Profile, Integer>> counts =
        RaceRun.run(
            simulator,
            race,
            Integer.getInteger("race.seeds", SEEDS),
            Runtime.getRuntime().availableProcessors(),
            flaws);
    System.out.println(race.title() + ": " + counts);
    if (!flaws.isEmpty()) {
      long seed = flaws.keySet().iterator().next();
      simulator.tell(RacePlan.of(race, seed)).forEach(System.out::println);
    }
    assertThat(flaws).as("seeds that went wrong; what happened in the first is printed").isEmpty();
    for (String order : race.orders()) {
      assertThat(counts.getOrDefault(order, Map.of()).keySet())
          .as("profiles on which was seen: %s", order)
          .containsExactlyInAnyOrderElementsOf(RacePlan.PROFILES);
    }
  }
}
