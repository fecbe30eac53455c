package io.durable4j.samples.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MonitorTest {
  @Test
  void looksUntilItIsReady() {
    assertThat(Monitor.run(new String[] {"--first-pause", "PT0.01S", "--ready-at", "4"}))
        .isEqualTo(4);
  }

  @Test
  void givesUpAtTheLimit() {
    String[] line = {"--first-pause", "PT0.01S", "--limit", "PT0.05S", "--ready-at", "1000"};
    assertThat(Monitor.run(line)).isNegative();
  }
}
