package io.durable4j.samples.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingTest {
  @Test
  void aWaitingOrchestrationHoldsNoPermitAndAllFinish() throws InterruptedException {
    Waiting.Figures f = Waiting.run(new String[] {"--instances", "500"});
    assertThat(f.turnsInUse()).isZero();
    assertThat(f.activitiesInUse()).isZero();
    assertThat(f.sum()).as("0 to 499, and 1 for each").isEqualTo(500 * 499 / 2 + 500);
  }
}
