package io.durable4j.inmemory.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.ConformanceList;
import io.durable4j.fixtures.ConformanceList.State;
import io.durable4j.fixtures.CoverageCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of a group that is done has a test. */
class ConformanceTest {
  private static final ConformanceList LIST = ConformanceList.load();

  @Test
  void everyLineThatIsDueIsCovered() {
    CoverageCheck.ofPackages(
            LIST.with("Azure", State.LATER),
            "io.durable4j.fixtures.scenario",
            "io.durable4j.fixtures.contract",
            "io.durable4j.fixtures.fault")
        .verify();
  }

  @Test
  void thePageListsWhatIsOverruledOrComesLaterAndNothingElse() throws IOException {
    Path list =
        Path.of("../src/test-fixtures/src/main/resources/io/durable4j/fixtures/overruled.tsv");
    Stream<String> overruled =
        Files.readAllLines(list).stream()
            .skip(1)
            .map(row -> "| " + row.replace("\t", " | ") + " |");
    Map<String, String> later = ConformanceList.later();
    Stream<String> waiting =
        LIST.lines().stream()
            .filter(l -> later.containsKey(l.id()))
            .map(l -> "| " + l.id() + " | " + l.text() + " | " + later.get(l.id()) + " |");
    assertThat(Files.readAllLines(Path.of("../docs/conformance.md")))
        .filteredOn(line -> line.matches("\\| [A-Z]+-\\d+ \\|.*"))
        .isEqualTo(Stream.concat(overruled, waiting).toList());
  }
}
