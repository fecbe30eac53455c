package io.durable4j.samples.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FanOutTest {
  @Test
  void sumsWhatTheActivitiesCounted() {
    assertThat(FanOut.run(new String[] {"a b a", "b c"})).isEqualTo(Map.of("a", 2, "b", 2, "c", 1));
  }
}
