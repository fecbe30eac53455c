package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.format.HistoryBatches.Batch;
import io.durable4j.azurestorage.format.Sentinel.Ours;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transactions, the sentinel, and which rows count. */
class HistoryShapeTest {
  private static final UnaryOperator<String> NO_BLOBS = name -> "no blob";
  private static final InstanceId ID = new InstanceId("a/b");
  private static final ExecutionId OLD = new ExecutionId("old");
  private static final ExecutionId NEW = new ExecutionId("new");
  private static final CommitId COMMIT = new CommitId(new UUID(1, 2));
  private static final Ours OURS =
      new Ours(COMMIT, 2, List.of(MessageId.derived(1), MessageId.derived(2)), "{\"s\":1}");

  private static Row row(ExecutionId execution, int place, String input) {
    EventRaised body = new EventRaised("e", new Payload(input));
    HistoryEvent event = HistoryEvent.of(Samples.AT, null, body);
    return HistoryRows.write(ID, execution, place, event, Samples.unique()).row();
  }

  private static List<Row> rows(int count, String input) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(OLD, i, input));
    }
    return rows;
  }

  private static List<Integer> sizes(List<Row> rows) {
    List<Batch> batches = HistoryBatches.of(rows);
    assertThat(batches.stream().flatMap(b -> b.rows().stream()).toList()).isEqualTo(rows);
    assertThat(batches.stream().filter(Batch::last)).hasSize(1);
    assertThat(batches.get(batches.size() - 1).last()).isTrue();
    return batches.stream().map(b -> b.rows().size()).toList();
  }

  @Test
  void aTransactionHasNinetyNineRowsAndTheSentinel() {
    assertThat(sizes(List.of())).containsExactly(0);
    assertThat(sizes(rows(98, ""))).containsExactly(98);
    assertThat(sizes(rows(99, ""))).containsExactly(99);
    assertThat(sizes(rows(100, ""))).containsExactly(99, 1);
    assertThat(sizes(rows(199, ""))).containsExactly(99, 99, 1);
  }

  @Test
  void aTransactionHasThreeMegabytesAndTheRowThatGoesBeyond() {
    String input = "x".repeat(30_000);
    long each = HistoryBatches.estimate(row(OLD, 0, input));
    assertThat(each).isEqualTo(1024 + 2 * 30_001);
    int full = (int) (3_145_728 / each) + 1;
    assertThat(sizes(rows(full, input))).containsExactly(full);
    assertThat(sizes(rows(full + 1, input))).containsExactly(full, 1);
  }

  @Test
  void rowKeysSortAsPlacesDoBeforeTheSentinel() {
    assertThat(HistoryRows.rowKey(0)).isEqualTo("0000000000000000");
    assertThat(HistoryRows.rowKey(10)).isEqualTo("000000000000000A");
    assertThat(HistoryRows.rowKey(255)).isLessThan(HistoryRows.rowKey(256));
    assertThat(HistoryRows.rowKey(Long.MAX_VALUE)).isLessThan(Sentinel.ROW_KEY);
  }

  private static Row ended() {
    return Sentinel.ended(ID, OLD, Samples.AT.plusNanos(3), OURS, Samples.unique()).row();
  }

  @Test
  void theSentinelComesBack() {
    assertThat(ended().partitionKey()).isEqualTo("a^0b");
    assertThat(Sentinel.is(ended())).isTrue();
    assertThat(ended().columns())
        .containsEntry("ExecutionId", "old")
        .containsEntry("IsCheckpointComplete", true)
        .containsEntry("CheckpointCompletedTimestamp", Samples.AT);
    assertThat(Sentinel.read(ended(), NO_BLOBS))
        .isEqualTo(new Sentinel(OLD, true, Samples.AT, OURS));
  }

  @Test
  void ofAnUnfinishedChangeTheLastWholeCommitIsStillKnown() {
    Row begun = Sentinel.begun(ID, NEW);
    assertThat(begun.columns())
        .isEqualTo(Map.of("ExecutionId", "new", "IsCheckpointComplete", false));
    assertThat(Sentinel.read(ended().merge(begun), NO_BLOBS))
        .isEqualTo(new Sentinel(NEW, false, Samples.AT, OURS));
  }

  @Test
  void whatThisEngineKeptEndsWhereAnotherWrote() {
    Instant later = Samples.AT.plusSeconds(1);
    Row other =
        new Row(
            "",
            "",
            Map.of(
                "ExecutionId",
                "old",
                "IsCheckpointComplete",
                true,
                "CheckpointCompletedTimestamp",
                later));
    assertThat(Sentinel.read(ended().merge(other), NO_BLOBS))
        .isEqualTo(new Sentinel(OLD, true, later, null));
    assertThat(Sentinel.read(new Row("k", Sentinel.ROW_KEY, Map.of()), NO_BLOBS))
        .isEqualTo(new Sentinel(new ExecutionId(""), false, null, null));
  }

  @Test
  void aLargeStateStandsInABlob() {
    Ours large = new Ours(null, 0, List.of(), "x".repeat(40_000));
    Written written = Sentinel.ended(ID, OLD, Samples.AT, large, Samples.unique());
    LargeText blob = written.blobs().get(0);
    assertThat(blob.blob()).isEqualTo("a^0b/instance-00000000-Durable4jState.json.gz");
    UnaryOperator<String> blobs = name -> name.equals(blob.blob()) ? blob.text() : "another";
    assertThat(Objects.requireNonNull(Sentinel.read(written.row(), blobs)).ours()).isEqualTo(large);
    Row small = written.row().merge(ended());
    assertThat(Sentinel.read(small, NO_BLOBS).ours()).isEqualTo(OURS);
  }

  @Test
  void manyMessagesThatMayReturnStandInABlobUntilTheyAreFew() {
    List<MessageId> ids = Stream.generate(() -> Samples.ID).limit(900).toList();
    Ours many = new Ours(COMMIT, 0, ids, "{}");
    Written written = Sentinel.ended(ID, OLD, Samples.AT, many, Samples.unique());
    LargeText blob = written.blobs().get(0);
    assertThat(Sentinel.read(written.row(), name -> blob.text()).ours()).isEqualTo(many);
    Ours none = new Ours(COMMIT, 0, List.of(), "{}");
    Row few = Sentinel.ended(ID, OLD, Samples.AT, none, Samples.unique()).row();
    assertThat(Sentinel.read(written.row().merge(few), NO_BLOBS).ours()).isEqualTo(none);
  }

  @Test
  void damageIsToldWithTheInstance() {
    Row damaged = ended().merge(new Row("", "", Map.of("Durable4jCommitId", "x")));
    assertThatThrownBy(() -> Sentinel.read(damaged, NO_BLOBS))
        .isInstanceOf(DurableException.class)
        .hasMessageStartingWith("Damaged sentinel of instance a/b: ");
  }

  private static Sentinel sentinel(ExecutionId execution, @Nullable Ours ours) {
    return new Sentinel(execution, true, Samples.AT, ours);
  }

  @Test
  void theTailOfAFormerExecutionDoesNotCount() {
    List<Row> rows =
        List.of(row(NEW, 0, ""), row(NEW, 1, ""), row(OLD, 2, ""), row(NEW, 3, ""), ended());
    List<Row> current = rows.subList(0, 2);
    assertThat(HistoryRows.current(rows, sentinel(NEW, null), null)).isEqualTo(current);
    assertThat(HistoryRows.current(rows, sentinel(NEW, null), NEW)).isEqualTo(current);
    assertThat(HistoryRows.current(rows, null, null)).isEqualTo(current);
    assertThat(HistoryRows.current(rows, null, NEW)).isEqualTo(current);
  }

  @Test
  void anotherExecutionThanTheCurrentHasNoHistory() {
    List<Row> rows = List.of(row(NEW, 0, ""), row(OLD, 1, ""));
    assertThat(HistoryRows.current(rows, sentinel(NEW, null), OLD)).isEmpty();
    assertThat(HistoryRows.current(rows, sentinel(OLD, null), null)).isEmpty();
    assertThat(HistoryRows.current(rows, null, OLD)).isEmpty();
    assertThat(HistoryRows.current(List.of(), null, null)).isEmpty();
  }

  @Test
  void whatAnUnfinishedChangeLeftDoesNotCount() {
    List<Row> rows = rows(5, "");
    assertThat(HistoryRows.current(rows, sentinel(OLD, OURS), null)).isEqualTo(rows.subList(0, 2));
    assertThat(HistoryRows.current(rows, sentinel(OLD, null), null)).isEqualTo(rows);
  }
}
