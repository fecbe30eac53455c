package io.durable4j.samples.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UpgradeTest {
  @Test
  void eachOrderEndsByTheCodeThatItBeganWith(@TempDir Path dir) {
    assertThat(Upgrade.run(new String[] {"--journal", dir.toString()}))
        .containsExactly(
            "a: packed, sent",
            "b: packed, sent",
            "c: checked, packed, sent",
            "d: checked and insured, packed, sent");
  }
}
