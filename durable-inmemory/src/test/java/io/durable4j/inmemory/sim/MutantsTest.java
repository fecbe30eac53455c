package io.durable4j.inmemory.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The simulator can fail: each mutant is caught, and so is each fault of the engine that it found
 * once. {@code -Dsim.record=true} looks for the first seeds anew and writes the tables.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("one-jdk")
final class MutantsTest {
  private static final int DEFAULT_SEEDS = 2_000;

  /** A fault may be rarer than a mutant; that it is found at all is what counts. */
  private static final int FOUND_SEEDS = 1_000_000;

  private static final int PLAN_SEEDS = 1_000;

  /** How many show that it finds nothing else; some plans wait for an hour of their clock. */
  private static final int SOUND_SEEDS = 250;

  /** What {@link KnownPlans} break, in their order. */
  private static final List<String> BROKEN_BY_PLANS =
      List.of(
          "not-finished",
          "not-finished",
          "history-forks",
          "start-lost",
          "result-lost",
          "sent-with-turn",
          "event-lost",
          "settles-wrong-call",
          "engine-bug");

  private final MutantLoader loader = new MutantLoader(SimulationRun.class.getName());
  private final MutantTable mutants = MutantTable.inDocs("Mutants");
  private final MutantTable faults = MutantTable.inDocs("Faults that simulations found");

  @AfterAll
  void close() {
    loader.close();
  }

  @TestFactory
  Stream<DynamicTest> everyMutantIsCaught() {
    return tests(mutants, Mutants.all(), DEFAULT_SEEDS);
  }

  @TestFactory
  Stream<DynamicTest> everyFoundFaultIsCaughtAgain() {
    return tests(faults, FoundFaults.all(), FOUND_SEEDS);
  }

  private Stream<DynamicTest> tests(MutantTable table, List<Mutant> all, int seeds) {
    if (Boolean.getBoolean("sim.record")) {
      Map<String, String> rows = new LinkedHashMap<>();
      for (Mutant m : all) {
        rows.put(m.name(), Objects.requireNonNull(loader.run(m, 0, seeds), m.name()));
        System.out.println(m.name() + ": " + rows.get(m.name()));
      }
      table.write(rows);
    }
    Map<String, String> rows = table.rows();
    assertThat(rows.keySet()).containsExactlyElementsOf(all.stream().map(Mutant::name).toList());
    return all.stream()
        .map(m -> DynamicTest.dynamicTest(m.name(), () -> isCaught(m, rows.get(m.name()), seeds)));
  }

  private void isCaught(Mutant mutant, String row, int seeds) {
    long seed = Long.parseLong(row.substring(0, row.indexOf('\t')));
    assertThat(seed).isLessThan(seeds);
    assertThat(loader.run(mutant, seed, 1))
        .as("the table's row; -Dsim.record=true writes it anew")
        .isEqualTo(row);
  }

  @TestFactory
  Stream<DynamicTest> everyRareFaultIsCaughtByItsPlan() {
    List<Mutant> rare = FoundFaults.rare();
    return IntStream.range(0, rare.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest(rare.get(i).name(), () -> isCaughtByPlan(i, rare.get(i))));
  }

  private static void isCaughtByPlan(int number, Mutant fault) {
    assertThat(KnownPlans.firstFailure(number, SOUND_SEEDS)).as("without the fault").isNull();
    try (MutantLoader plans = new MutantLoader(KnownPlans.class.getName())) {
      assertThat(plans.run(fault, number, PLAN_SEEDS)).isEqualTo(BROKEN_BY_PLANS.get(number));
    }
  }

  @Test
  void noTwoAreAlike() {
    List<Mutant> all = Mutants.all();

    assertThat(all).hasSize(30).doesNotHaveDuplicates();
    assertThat(all).extracting(Mutant::name).doesNotHaveDuplicates();
    assertThat(all).extracting(Mutant::edits).doesNotHaveDuplicates();
  }
}
