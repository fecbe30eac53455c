package io.durable4j.samples.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainingTest {
  @Test
  void handsEachResultToTheNext(@TempDir Path dir) {
    assertThat(Chaining.run(new String[] {"--journal", dir.toString(), "chair", "Hill 2"}))
        .isEqualTo("parcel for the reservation of a chair, sent to Hill 2");
  }
}
