package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker stalls in the middle of a commit, and another goes on with the instance to its end. */
class StalledWorkerTest {
  private static final Payload OUTPUT = new Payload("\"by another\"");

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  /** Another worker ends the instance if it runs; tells whether it did. */
  private static boolean ends(World w) {
    TaskHub other = w.worker();
    Stored seen = World.load(other, "i");
    InstanceState was = seen.state();
    if (was == null || was.status() != OrchestrationStatus.RUNNING) {
      return false;
    }
    w.clock.advance(Duration.ofSeconds(31));
    var now = w.clock.instant();
    InstanceState next =
        was.with(
            new Progress(
                OrchestrationStatus.COMPLETED, now, now, OUTPUT, null, null, List.of(), null));
    HistoryEvent end =
        HistoryEvent.of(
            now, null, new ExecutionCompleted(OrchestrationStatus.COMPLETED, OUTPUT, null));
    TurnCommit c = w.commit(seen, new Append(List.of(end)), next);
    assertThat(other.instances().commit(c)).isInstanceOf(Committed.class);
    return true;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @Covers("AZ-41")
  void itOverwritesNoNewerStatus(Scenario scenario) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      scenario.prepare().apply(w);
      TaskHub stalled = w.worker();
      TurnCommit commit = scenario.turn().of(w, World.load(stalled, "i"));
      int[] points = {0};
      boolean[] ended = {false};
      int stop = at;
      w.points(
          call -> {
            if (++points[0] == stop) {
              w.points(Points.NONE);
              ended[0] = ends(w);
            }
          });
      try {
        stalled.instances().commit(commit);
      } catch (StorageException e) {
        assertThat(e).hasMessageContaining("Another worker went on");
      }
      reached = points[0] >= at;
      w.points(Points.NONE);
      if (ended[0]) {
        Tables.Found row = w.account.tables().get("TestHubInstances", "i", "");
        assertThat(Objects.requireNonNull(row).row().columns())
            .as("the row itself, after point %d", at)
            .containsEntry("RuntimeStatus", "Completed")
            .containsEntry("Output", OUTPUT.text());
        InstanceState shown = w.worker().queries().get(new InstanceId("i")).orElseThrow();
        assertThat(shown.status()).isEqualTo(OrchestrationStatus.COMPLETED);
        assertThat(shown.progress().output()).isEqualTo(OUTPUT);
      }
    }
  }
}
