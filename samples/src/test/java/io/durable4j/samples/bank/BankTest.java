package io.durable4j.samples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BankTest {
  @Test
  void neitherMakesNorLosesMoney() {
    Bank.Report report = Bank.run(new String[] {"--transfers", "60"});
    assertThat(report.money()).isEqualTo(1_000);
    assertThat(report.done() + report.refused()).isEqualTo(60);
    assertThat(report.done()).isPositive();
    assertThat(report.refused()).isPositive();
  }
}
