package io.durable4j.samples.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CensusTest {
  @Test
  void sumsWhatTownsAnsweredThroughTheirRegions() {
    assertThat(Census.run(new String[0])).isEqualTo(new Census.Count(500, 1));
  }
}
