package io.durable4j.inmemory.testing.history;

import static io.durable4j.inmemory.testing.history.Stand.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.client.StartOptions;
import io.durable4j.data.DurableException;
import io.durable4j.orchestration.OrchestratorRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a recording run writes, and what is said when there are none. */
class GoldenHistoriesTest {
  private static final OrchestratorRef<String, String> ODD =
      OrchestratorRef.of("Order/of things", String.class, String.class);

  @TempDir Path dir;

  @AfterEach
  void forgetTheProperties() {
    System.clearProperty(GoldenHistories.MODE);
    System.clearProperty(GoldenHistories.FOLDER);
  }

  private List<String> record(GoldenHistories golden, String test, int instances) {
    try (Stand stand = new Stand(h -> h.orchestrator(ODD, (ctx, item) -> item))) {
      for (int i = 0; i < instances; i++) {
        stand.client().schedule(ODD, "tea").result(SOON);
      }
      stand
          .client()
          .schedule(ODD, "tea", StartOptions.DEFAULT.at(Instant.parse("2999-01-01T00:00:00Z")));
      return golden.record(stand.client(), test).stream()
          .map(f -> dir.relativize(f).toString())
          .toList();
    }
  }

  @Test
  void onlyARecordingRunWrites() {
    assertThat(record(GoldenHistories.in(dir), "T.t", 1)).isEmpty();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void thePropertyTurnsItOn() {
    System.setProperty(GoldenHistories.MODE, "record");
    System.setProperty(GoldenHistories.FOLDER, dir.toString());
    assertThat(record(GoldenHistories.ofProperties(), "T.t", 1)).hasSize(1);
    System.clearProperty(GoldenHistories.MODE);
    assertThat(GoldenHistories.ofProperties().isRecording()).isFalse();
    System.clearProperty(GoldenHistories.FOLDER);
    assertThat(GoldenHistories.ofProperties().folder())
        .isEqualTo(Path.of("src/test/resources/golden"));
    System.setProperty(GoldenHistories.MODE, "yes");
    assertThatThrownBy(GoldenHistories::ofProperties)
        .isInstanceOf(DurableException.class)
        .hasMessage("The system property durable.golden is 'yes'; set it to record, or not");
  }

  @Test
  void namesAreFitForFilesAndStayTheSame() {
    GoldenHistories golden = GoldenHistories.in(dir).recording();
    List<String> files = record(golden, "OrderTest.a case [1]", 2);
    assertThat(files)
        .hasSize(2)
        .allMatch(f -> f.matches("_Order_of_things_\\w+/_OrderTest.a_case__1__\\w+-0[12].json"));
    assertThat(record(golden, "OrderTest.a case [1]", 2)).isEqualTo(files);
    assertThat(record(golden, "OrderTest.a case (1)", 1)).hasSize(1).doesNotContain(files.get(0));
    golden.replayAll(Replay.of(ODD, (ctx, item) -> item));
  }

  @Test
  void filesThatTheTestDoesNotWriteAnyMoreGoAndOthersStay() throws IOException {
    GoldenHistories golden = GoldenHistories.in(dir).recording();
    List<String> two = record(golden, "T.t", 2);
    List<String> other = record(golden, "T.t-2", 1);
    Path own = Files.writeString(dir.resolve("T.t.json"), "by hand");
    assertThat(record(golden, "T.t", 1)).containsExactly(two.get(0));
    assertThat(dir.resolve(two.get(1))).doesNotExist();
    assertThat(dir.resolve(other.get(0))).exists();
    assertThat(own).exists();
  }

  @Test
  void withoutGoldenHistoriesNothingPasses() {
    Path none = dir.resolve("none");
    assertThatThrownBy(
            () -> GoldenHistories.in(none).replayAll(Replay.of(ODD, (ctx, item) -> item)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("There are no golden histories in " + none)
        .hasMessageContaining("-Ddurable.golden=record");
  }
}
