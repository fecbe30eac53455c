package io.durable4j.samples.eternal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EternalTest {
  @Test
  void countsEachAmountOnceThroughAllGenerations() {
    assertThat(Eternal.run(new String[] {"--amounts", "100", "--every", "7"}))
        .isEqualTo(new Eternal.Account(5_050, 100 / 7 + 1, 7));
  }

  @Test
  void keepsItsAccountOnDisk(@TempDir Path dir) {
    assertThat(Eternal.run(new String[] {"--journal", dir.toString(), "--amounts", "30"}))
        .isEqualTo(new Eternal.Account(465, 4, 10));
  }
}
