package io.durable4j.samples.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VisitorsTest {
  @Test
  void countsEachVisitorOnce() {
    assertThat(Visitors.run(new String[] {"--visitors", "500"})).isEqualTo(500);
  }

  @Test
  void beginsAgainEachDay(@TempDir Path dir) {
    String[] line = {"--journal", dir.toString(), "--visitors", "40"};
    assertThat(Visitors.run(line)).isEqualTo(40);
    assertThat(Visitors.run(line)).isEqualTo(40);
  }
}
