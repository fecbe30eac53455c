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
    CoverageCheck.ofPackages(
            ConformanceList.load(),
            "io.durable4j.fixtures.scenario",
            "io.durable4j.fixtures.contract",
            "io.durable4j.fixtures.fault")
        .verify();
  }

  @Test
  void thePageListsWhatIsOverruledAndNothingElse() throws IOException {
    assertThat(ConformanceList.overruled()).isNotEmpty();
    Path list =
        Path.of("../src/test-fixtures/src/main/resources/io/durable4j/fixtures/overruled.tsv");
    assertThat(Files.readAllLines(Path.of("../docs/conformance.md")))
        .filteredOn(line -> line.matches("\\| [A-Z]+-\\d+ \\|.*"))
        .isEqualTo(
            Files.readAllLines(list).stream()
                .skip(1)
                .map(row -> "| " + row.replace("\t", " | ") + " |")
                .toList());
  }
}
