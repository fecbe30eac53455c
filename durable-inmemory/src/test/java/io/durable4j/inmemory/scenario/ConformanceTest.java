package io.durable4j.inmemory.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.ConformanceList;
import io.durable4j.fixtures.CoverageCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every line of a group that is done has a test. */
class ConformanceTest {
  @Test
  void everyLineThatIsDueIsCovered() {
    CoverageCheck.ofPackages(ConformanceList.load(), "io.durable4j.fixtures.scenario").verify();
  }

  @Test
  void thePageListsWhatIsOverruled() throws IOException {
    String page = Files.readString(Path.of("../docs/conformance.md"));
    assertThat(ConformanceList.overruled()).isNotEmpty();
    ConformanceList.overruled()
        .forEach((id, why) -> assertThat(page).contains("| " + id + " |").contains(why));
  }
}
