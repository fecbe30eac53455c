package io.durable4j.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every scenario, small: it comes to its results and tells its figures. Never how fast. */
@Timeout(120)
final class SmokeTest {
  private static final List<String> COLUMNS =
      List.of(
          "scenario",
          "unit",
          "ops",
          "seconds",
          "perSecond",
          "p50Ms",
          "p99Ms",
          "cpuMicrosPerOp",
          "allocBytesPerOp",
          "storageCallsPerOp",
          "fsyncsPerOp",
          "backend",
          "sessions",
          "java");

  @TempDir Path directory;

  static Stream<Arguments> everyScenario() {
    return Scenarios.names().stream()
        .flatMap(name -> Stream.of(Arguments.of(name, "memory"), Arguments.of(name, "journal")));
  }

  @ParameterizedTest
  @MethodSource("everyScenario")
  void aScenarioTellsItsFigures(String scenario, String backend) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<JsonNode> lines = run(out, scenario, backend, "warm");
    if (backend.equals("journal")) {
      JsonNode fsync = lines.remove(0);
      assertThat(fsync.get("scenario").asText()).isEqualTo("fsync");
      assertThat(fsync.get("perSecond").asDouble()).isPositive();
    }
    assertThat(lines).isNotEmpty();
    for (JsonNode line : lines) {
      String name = line.get("scenario").asText();
      assertThat(name).startsWith(scenario);
      assertThat(line.fieldNames()).toIterable().containsAll(COLUMNS);
      assertThat(line.get("ops").asLong()).isPositive();
      assertThat(line.get("perSecond").asDouble()).isPositive();
      assertThat(line.get("backend").asText()).isEqualTo(backend);
      assertThat(line.get("sessions").asText()).isEqualTo("warm");
      assertThat(line.get("fsyncRatio") != null).isEqualTo(backend.equals("journal"));
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n" + name + " ");
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).as("journals that are left").containsExactly(directory.resolve("out.json"));
    }
  }

  /** On 17, and until sessions are there, levels that do not exist fall back. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "live"})
  void everySessionsLevelRuns(String sessions) throws IOException {
    List<JsonNode> lines =
        run(new ByteArrayOutputStream(), "hello,events,long-history", "memory", sessions);
    assertThat(lines)
        .extracting(l -> l.get("scenario").asText() + " " + l.get("sessions").asText())
        .containsExactly(
            "hello " + sessions,
            "events " + sessions,
            "long-history " + sessions,
            "long-history-load " + sessions);
    assertThat(lines.get(3).get("historyEvents").asInt())
        .isGreaterThan(4 * lines.get(2).get("ops").asInt());
  }

  @Test
  void aChainOnAJournalWaitsForTheDiskInEachStep() throws IOException {
    List<JsonNode> lines = run(new ByteArrayOutputStream(), "sequential-1", "journal", "warm");
    JsonNode line = lines.get(1);
    assertThat(line.get("fsyncsPerOp").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(line.get("storageCallsPerOp").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(line.get("allocBytesPerOp").asDouble()).isPositive();
    assertThat(line.get("settings").get("activities.max").asText()).isEqualTo("64");
  }

  private List<JsonNode> run(
      ByteArrayOutputStream out, String scenario, String backend, String sessions)
      throws IOException {
    Path json = directory.resolve("out.json");
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--scenario", scenario, "--backend", backend, "--sessions", sessions));
    args.addAll(List.of("--rounds", "1", "--seconds", "0", "--warmup", "0", "--scale", "0.004"));
    args.addAll(List.of("--json", json.toString(), "--dir", directory.toString()));
    args.addAll(List.of("--clients", "4", "--set", "activities.max=64"));
    LoadProgram.main(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(json)) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }
}
