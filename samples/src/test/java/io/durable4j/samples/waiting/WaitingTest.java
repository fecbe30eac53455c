package io.durable4j.samples.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WaitingTest {
  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aWaitingOrchestrationHoldsNoPermitAndAllFinish() throws InterruptedException {
    Waiting.Figures f = Waiting.run(new String[] {"--instances", "2000"});
    assertThat(f.turnsInUse()).isZero();
    assertThat(f.activitiesInUse()).isZero();
    assertThat(f.sum()).as("0 to 1,999, and 1 for each").isEqualTo(2_000 * 1_999 / 2 + 2_000);
    assertThat(f.isRight()).isTrue();
    assertThat(f.threads()).as("waiting costs no thread").isLessThan(500);
  }
}
