package io.durable4j.azurestorage.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plan of a run. */
class BlowTest {
  @Test
  void eachWorkerIsKilledAndFrozen() {
    for (int seed = 0; seed < 50; seed++) {
      List<Blow> plan = Blow.plan(2, new Random(seed));
      for (int worker = 0; worker < 2; worker++) {
        int w = worker;
        List<Boolean> freezes =
            plan.stream().filter(b -> b.worker() == w).map(Blow::freeze).toList();
        assertThat(freezes).hasSize(Blow.EACH).contains(true, false);
      }
    }
  }
}
