package io.durable4j.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durable4j.benchmarks.UsageException;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario, very small, on one Azurite: it comes to its results. Never how fast. */
@Timeout(120)
final class AzuriteSmokeTest {
  private static Azurite azurite;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    azurite = AzuriteChooser.ofMachine().start();
  }

  @AfterAll
  static void end() {
    azurite.close();
  }

  static Stream<String> everyScenario() {
    return Scenarios.names().stream();
  }

  @ParameterizedTest
  @MethodSource("everyScenario")
  void aScenarioTellsItsFigures(String scenario) throws IOException {
    // a session that has to become idle would take its time
    String sessions = scenario.equals(Waiting.NAME) ? "off" : "warm";
    List<JsonNode> lines =
        run("--scenario", scenario, "--sessions", sessions, "--connection", connection());
    assertThat(lines).isNotEmpty();
    for (JsonNode line : lines) {
      assertThat(line.get("ops").asLong()).isPositive();
      assertThat(line.get("perSecond").asDouble()).isPositive();
      assertThat(line.get("backend").asText()).isEqualTo("azurite");
    }
    List<String> names = lines.stream().map(l -> l.get("scenario").asText()).toList();
    if (scenario.equals(Scenarios.CHAIN)) {
      assertThat(names)
          .containsExactly(
              "floor-before", scenario, "floor-after", "floor-and-delete", "plain-protocol");
      assertThat(lines.get(1).get("timeByFloor").asDouble()).isPositive();
      assertThat(lines.get(1).get("storageCallsPerOp").asDouble()).isPositive();
    } else if (scenario.equals(Scenarios.HELLO)) {
      assertThat(names).containsExactly(scenario, "floor-hello", "plain-hello");
    } else {
      assertThat(names).allMatch(name -> name.startsWith(scenario));
    }
  }

  @Test
  void aRoundHasAServerOfItsOwnWhoseProcessorTimeIsTold() throws IOException {
    List<JsonNode> lines = run("--scenario", "fan-out", "--scale", "0.2");
    assertThat(lines).hasSize(1);
    boolean known = azurite.process().isPresent();
    assertThat(lines.get(0).has("serverCpuShare")).isEqualTo(known);
  }

  @Test
  void anAccountIsForStorageServicesOnly() {
    assertThatThrownBy(
            () -> RunOptions.parse(List.of("--backend", "memory", "--connection", "x=y")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--backend azurite");
  }

  private static String connection() {
    return azurite.connectionString();
  }

  private List<JsonNode> run(String... options) throws IOException {
    Path json = directory.resolve("out.json");
    List<String> args = new ArrayList<>(List.of("--backend", "azurite", "--json", json.toString()));
    args.addAll(List.of("--rounds", "1", "--warmup", "0", "--clients", "2"));
    args.addAll(List.of(options));
    if (!args.contains("--scale")) {
      args.addAll(List.of("--scale", "0.01"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LoadProgram.main(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(json)) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }
}
