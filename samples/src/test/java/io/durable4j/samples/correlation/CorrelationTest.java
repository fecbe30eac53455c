package io.durable4j.samples.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CorrelationTest {
  @Test
  void theIdGoesWithEverything() {
    assertThat(Correlation.run(new String[] {"--request", "r-42"}))
        .containsExactly(
            "r-42: Correlated begins", "r-42: Greet [Ada]", "r-42: Correlated ends", "Hello Ada");
  }
}
