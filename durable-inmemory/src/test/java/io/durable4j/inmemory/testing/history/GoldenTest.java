package io.durable4j.inmemory.testing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.history.OrchestrationStatus;
import io.durable4j.history.RecordedHistory;
import io.durable4j.inmemory.testing.history.ReplayReport.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden histories of this project: each release's are replayed for ever. To record those of a
 * further release, add its folder and run this test with {@code -Ddurable.golden=record}.
 */
class GoldenTest {
  private static final Path ALL = Path.of("src/test/resources/golden");
  private static final Path NEWEST = ALL.resolve("0.1");

  @TempDir Path dir;

  @Test
  void theHistoriesOfEachReleaseFit() {
    ReplayReport report = Replay.of(GoldenFlows::register).check(ALL);
    assertThat(report.passed()).as(report.toString()).isTrue();
    Map<String, Long> byFlow =
        report.entries().stream()
            .map(Entry::history)
            .collect(
                Collectors.groupingBy(
                    RecordedHistory::orchestrator, TreeMap::new, Collectors.counting()));
    assertThat(byFlow.keySet())
        .containsExactly(
            "Chain",
            "CriticalSection",
            "EntityCall",
            "Eternal",
            "Event",
            "Failing",
            "FanOut",
            "Parent",
            "Patched",
            "Paused",
            "Retry",
            "Saga",
            "Sender",
            "Step",
            "TimerRace");
    assertThat(report.entries())
        .extracting(e -> e.history().status())
        .contains(
            OrchestrationStatus.COMPLETED,
            OrchestrationStatus.FAILED,
            OrchestrationStatus.SUSPENDED);
  }

  @Test
  void aChangedOrchestratorTurnsThemRed() {
    Replay changed =
        Replay.of(
            GoldenFlows.CHAIN,
            (ctx, item) -> {
              GoldenFlows.Shop shop = ctx.activities(GoldenFlows.Shop.class);
              shop.label(item);
              return GoldenFlows.chain(ctx, item);
            });
    assertThatThrownBy(() -> GoldenHistories.in(NEWEST.resolve("Chain")).replayAll(changed))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("step 0, at GoldenTest.java:")
        .hasMessageContaining("recorded: activity 'Shop.price' with [\"tea\"]")
        .hasMessageContaining("produced: activity 'Shop.label' with [\"tea\"]");
  }

  @Test
  void whatATestRanIsRecordedAndFitsAtOnce() throws IOException {
    GoldenHistories golden = GoldenHistories.in(dir).recording();
    try (Stand stand = new Stand(GoldenFlows::register)) {
      GoldenFlows.run(stand.client());
      List<Path> files = golden.record(stand.client(), "GoldenTest.flows");
      assertThat(files).hasSize(18).allMatch(Files::isRegularFile).isSubsetOf(recorded(dir));
      assertThat(dir.relativize(files.get(0)))
          .isEqualTo(Path.of("Chain", "GoldenTest.flows-01.json"));
      assertThat(files).allSatisfy(f -> assertThat(f).content().doesNotContain("stack"));
      if (GoldenHistories.ofProperties().isRecording()) {
        GoldenHistories.in(NEWEST).recording().record(stand.client(), "GoldenTest.flows");
      }
    }
    golden.replayAll(Replay.of(GoldenFlows::register));
  }

  private static List<Path> recorded(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
