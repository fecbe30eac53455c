package io.durable4j.samples.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SensorsTest {
  @Test
  void sumsUpEachReadingOnce() {
    assertThat(Sensors.run(new String[] {"--readings", "90"}))
        .isEqualTo(new Sensors.Seen(new Sensors.Summary(90, 89 * 90 / 2, 89), null));
  }

  @Test
  void ringsOneAlarm() {
    Sensors.Seen seen = Sensors.run(new String[] {"--readings", "300"});
    assertThat(seen.summary()).isEqualTo(new Sensors.Summary(300, 3 * 99 * 100 / 2, 99));
    assertThat(seen.alarm()).startsWith("rang at 9");
  }
}
