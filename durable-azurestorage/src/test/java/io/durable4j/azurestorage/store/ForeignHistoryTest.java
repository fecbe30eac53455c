package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another engine of the family goes on with instances, as it would: it knows no extra columns. */
class ForeignHistoryTest {
  private static final InstanceId ID = new InstanceId("i");
  private static final Payload INPUT = new Payload("[7]");
  private static final Payload RESULT = new Payload("\"done\"");

  private final World w = new World();
  private final TaskHub worker = w.worker();
  private InstanceState start = w.state("i", World.FIRST, OrchestrationStatus.PENDING, INPUT);

  @BeforeEach
  void later() {
    w.clock.advance(java.time.Duration.ofSeconds(1));
  }

  private Tables tables() {
    return w.account.tables();
  }

  /** A checkpoint of the other engine. */
  private void checkpoint(ExecutionId execution, int from, List<HistoryEvent> events) {
    List<Write> writes = new ArrayList<>();
    for (HistoryEvent e : events) {
      Row row = HistoryRows.write(ID, execution, from + writes.size(), e, () -> "00000000").row();
      Map<String, Object> columns = new LinkedHashMap<>(row.columns());
      columns.keySet().removeIf(c -> c.startsWith("Durable4j"));
      writes.add(new Write.InsertOrReplace(new Row("i", row.rowKey(), columns)));
    }
    Row sentinel =
        new Row(
            "i",
            "sentinel",
            Map.of(
                "ExecutionId",
                execution.value(),
                "IsCheckpointComplete",
                true,
                "CheckpointCompletedTimestamp",
                w.clock.instant().plusSeconds(5)));
    writes.add(new Write.InsertOrMerge(sentinel));
    assertThat(tables().write("TestHubHistory", writes)).isInstanceOf(Tables.Outcome.Done.class);
  }

  private void row(Map<String, Object> columns) {
    tables().write("TestHubInstances", List.of(new Write.InsertOrMerge(new Row("i", "", columns))));
  }

  private Map<String, Object> pending(ExecutionId execution) {
    return Map.of(
        "Name",
        "Orchestrator",
        "Version",
        "1",
        "ExecutionId",
        execution.value(),
        "Input",
        INPUT.text(),
        "RuntimeStatus",
        "Pending",
        "CreatedTime",
        w.clock.instant(),
        "LastUpdatedTime",
        w.clock.instant(),
        "TaskHubName",
        "TestHub",
        "CustomStatus",
        "null",
        "Generation",
        0);
  }

  private Stored running() {
    worker.instances().create(w.creation(start), ReusePolicy.never());
    Stored seen = World.load(worker, "i");
    InstanceState next = start.with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
    TurnCommit c = w.commit(seen, new Append(w.whole(next, "past", 3)), next);
    assertThat(worker.instances().commit(c)).isInstanceOf(Committed.class);
    return World.load(worker, "i");
  }

  private HistoryEvent end() {
    ExecutionCompleted body = new ExecutionCompleted(OrchestrationStatus.COMPLETED, RESULT, null);
    return new HistoryEvent(0, w.clock.instant(), null, body);
  }

  private static InstanceState state(Stored stored) {
    return Objects.requireNonNull(stored.state());
  }

  @Test
  @Covers("AZ-42")
  void anEndThatTheOtherWroteIsAnEndAlsoWhereItsRowIsBehind() {
    Stored mine = running();
    checkpoint(World.FIRST, 3, List.of(end()));
    Stored now = World.load(worker, "i");
    assertThat(now.history()).hasSize(4);
    assertThat(state(now).status()).isEqualTo(OrchestrationStatus.COMPLETED);
    assertThat(state(now).progress().output()).isEqualTo(RESULT);
    assertThat(state(now).start()).isEqualTo(state(mine).start());
    assertThat(now.lastCommit()).isNull();
    InstanceState shown = worker.queries().get(ID).orElseThrow();
    assertThat(shown.status()).isEqualTo(OrchestrationStatus.COMPLETED);
    assertThat(shown.progress().output()).isEqualTo(RESULT);
    TurnCommit late = w.commit(mine, new Append(w.events("late", 1)), state(mine));
    assertThat(worker.instances().commit(late)).isInstanceOf(Stale.class);
  }

  @Test
  @Covers("AZ-54")
  void anInstanceThatTheOtherGaveNoRowYetIsReadFromItsHistory() {
    assertThat(worker.queries().get(ID)).isEmpty();
    checkpoint(World.FIRST, 0, w.whole(start, "past", 3));
    assertThat(worker.queries().glance(ID)).map(InstanceState::execution).contains(World.FIRST);
    assertThat(worker.queries().get(ID)).map(InstanceState::execution).contains(World.FIRST);
  }

  @Test
  @Covers("AZ-54")
  void anInstanceWhoseRowIsMissingIsReadFromItsHistory() {
    checkpoint(World.FIRST, 0, w.whole(start, "past", 3));
    assertThat(worker.queries().get(ID)).map(InstanceState::execution).contains(World.FIRST);
  }

  @Test
  void turnsOfBothFollowOneAnother() {
    running();
    checkpoint(World.FIRST, 3, List.of(w.event("theirs", INPUT)));
    Stored after = w.goOn(w.worker(), "i");
    assertThat(after.history()).hasSize(6);
    checkpoint(World.FIRST, 6, List.of(end()));
    assertThat(state(World.load(w.worker(), "i")).status())
        .isEqualTo(OrchestrationStatus.COMPLETED);
  }

  @Test
  void aGenerationOfTheOthersTakesThePlaceOfAllRowsBefore() {
    running();
    InstanceState next = w.state("i", World.OTHER, OrchestrationStatus.RUNNING, RESULT);
    checkpoint(World.OTHER, 0, w.whole(next, "theirs", 2));
    Stored now = World.load(w.worker(), "i");
    assertThat(now.history()).hasSize(2);
    assertThat(state(now).execution()).isEqualTo(World.OTHER);
    assertThat(state(now).start().input()).isEqualTo(RESULT);
    w.goOn(w.worker(), "i");
    w.assertAgreed(w.worker(), "i");
  }

  @Test
  void anInstanceThatTheOtherCreatedRunsHere() {
    row(pending(World.FIRST));
    Stored now = World.load(worker, "i");
    assertThat(state(now).start().input()).isEqualTo(INPUT);
    assertThat(state(now).status()).isEqualTo(OrchestrationStatus.PENDING);
    w.goOn(worker, "i");
    w.assertAgreed(worker, "i");
  }

  @Test
  void anInstanceThatTheOtherRanAloneIsRead() {
    InstanceState s = start.with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
    row(pending(World.FIRST));
    checkpoint(World.FIRST, 0, w.whole(s, "theirs", 3));
    row(Map.of("RuntimeStatus", "Running", "CustomStatus", "\"half\""));
    Stored now = World.load(worker, "i");
    assertThat(now.history()).hasSize(3);
    assertThat(state(now).progress().customStatus()).isEqualTo(new Payload("\"half\""));
    assertThat(state(now).status()).isEqualTo(OrchestrationStatus.RUNNING);
    assertThat(worker.queries().history(ID, null, null).items()).hasSize(3);
  }

  @Test
  void anExecutionThatTheOtherCreatedOverAnEndedOneIsTheNext() {
    Stored mine = running();
    InstanceState ended =
        state(mine).with(Progress.of(OrchestrationStatus.COMPLETED, w.clock.instant()));
    worker.instances().commit(w.commit(mine, new Append(List.of(end())), ended));
    tables()
        .write(
            "TestHubInstances",
            List.of(new Write.Replace(new Row("i", "", pending(World.OTHER)), Tables.ANY)));
    Stored now = World.load(worker, "i");
    assertThat(state(now).execution()).isEqualTo(World.OTHER);
    assertThat(now.history()).isEmpty();
    w.goOn(worker, "i");
    w.assertAgreed(worker, "i");
  }

  @Test
  void whatTheOtherEndedIsReplacedAndPurged() {
    running();
    checkpoint(World.FIRST, 3, List.of(end()));
    InstanceState ended = state(World.load(worker, "i"));
    assertThat(worker.instances().purge(ended)).isTrue();
    assertThat(w.rows()).isEmpty();
    start = w.state("i", World.OTHER, OrchestrationStatus.PENDING, INPUT);
    assertThat(worker.instances().create(w.creation(start), ReusePolicy.never()))
        .isInstanceOf(Created.class);
  }

  @Test
  void aNeverStartedInstanceThatTheOtherTerminatedHasEnded() {
    row(pending(World.FIRST));
    row(Map.of("RuntimeStatus", "Terminated", "Output", "\"no more\""));
    Stored now = World.load(worker, "i");
    assertThat(state(now).status()).isEqualTo(OrchestrationStatus.TERMINATED);
    assertThat(worker.instances().purge(state(now))).isTrue();
    assertThat(worker.queries().get(ID)).isEmpty();
  }
}
