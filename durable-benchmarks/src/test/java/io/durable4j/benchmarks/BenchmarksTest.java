package io.durable4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line understands, and what it says when it does not. */
final class BenchmarksTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        " | A command is missing",
        "fly | There is no command 'fly'; there are run",
        "run --backend disk | --backend cannot be 'disk'; it is one of memory, journal",
        "run --sessions hot | --sessions cannot be 'hot'; it is one of off, warm, live",
        "run --scenario hello,bye | There is no scenario 'bye'; there are all, sequential-1",
        "run --rounds 0 | --rounds cannot be '0'; it is a whole number from 1 to 1000",
        "run --rounds two | --rounds cannot be 'two'; it is a whole number",
        "run --rounds 1 2 | --rounds takes one value",
        "run --rounds | --rounds needs a value",
        "run --rounds --scale 1 | --rounds needs a value",
        "run --scale NaN | --scale cannot be 'NaN'; it is a number from",
        "run --speed 9 | There is no option --speed; there are --backend, --clients",
        "run hello | 'hello' is no option",
        "run --json /nowhere/at/all/f.json | --json cannot be '/nowhere/at/all/f.json'",
        "run --dir /nowhere/at/all | --dir cannot be '/nowhere/at/all'",
        "run --set lease | --set cannot be 'lease'; it is KEY=VALUE",
        "run --set lese=PT1S | --set: Unknown setting 'lese'; did you mean 'lease'",
        "run --set lease=soon | --set: The setting 'lease' cannot be 'soon'",
        "run --set sessions=off | --set cannot change sessions; use --sessions",
        "chart --out f.svg | The option --json is missing",
        "chart --json f.json | The option --out is missing",
        "chart --json /nowhere/f.json --out f.svg | Cannot read /nowhere/f.json",
      })
  void aBadCommandLineGivesOneClearLine(String line, String message) {
    String[] args = line == null ? new String[0] : line.split(" ", -1);
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void helpNamesTheOptionsAndTheScenarios() {
    for (List<String> args :
        List.of(List.of("--help"), List.of("run", "--help"), List.of("chart", "--help"))) {
      assertThat(run(args.toArray(new String[0]))).isZero();
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--backend memory|journal", "--rounds N", "fan-in-tree", "--out FILE.svg", "jmh");
    assertThat(err.size()).isZero();
  }

  private int run(String... args) {
    return Benchmarks.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }
}
