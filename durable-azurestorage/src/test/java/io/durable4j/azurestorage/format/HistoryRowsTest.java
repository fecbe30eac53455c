package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.*;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryRowsTest {
  private static final UnaryOperator<String> NO_BLOBS =
      name -> {
        throw new AssertionError("No blob is wanted, but " + name);
      };
  private static final InstanceId ID = new InstanceId("a/b");
  private static final Payload INPUT = new Payload("[1]");
  private static final FailureDetails FAILURE =
      new FailureDetails("E", "boom", null, null, true, Map.of("n", 1));
  private static final String FAILURE_JSON =
      "{\"ErrorType\":\"E\",\"ErrorMessage\":\"boom\",\"StackTrace\":null,\"InnerFailure\":null,"
          + "\"IsNonRetriable\":true,\"Properties\":{\"n\":1}}";

  private static Written write(HistoryEvent event) {
    return HistoryRows.write(ID, Samples.EXECUTION, 10, event, Samples.unique());
  }

  private static Written write(int eventId, EventBody body) {
    return write(new HistoryEvent(eventId, Samples.AT, null, body));
  }

  private static UnaryOperator<String> blobs(Written written) {
    return name ->
        written.blobs().stream()
            .filter(b -> b.blob().equals(name))
            .findFirst()
            .orElseThrow()
            .text();
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** A body, the name of its kind, and the columns besides the common ones. */
  static Stream<Arguments> columns() {
    Instant due = Instant.parse("2026-05-01T12:10:00Z");
    ParentLink parent = new ParentLink(Samples.ORDER, Samples.EXECUTION, "P", 3, null, null);
    return Stream.of(
        Arguments.of(
            new ExecutionStarted(
                ID, Samples.EXECUTION, "N", "1", INPUT, Map.of("k", "v"), parent, due, 2),
            "ExecutionStarted",
            map(
                "OrchestrationInstance",
                "{\"InstanceId\":\"a/b\",\"ExecutionId\":\"" + Samples.EXECUTION + "\"}",
                "ParentInstance",
                "{\"Name\":\"P\",\"OrchestrationInstance\":{\"InstanceId\":\"order-42\","
                    + "\"ExecutionId\":\""
                    + Samples.EXECUTION
                    + "\"},\"TaskScheduleId\":3,\"Version\":\"\"}",
                "Name",
                "N",
                "Version",
                "1",
                "Input",
                "[1]",
                "Tags",
                "{\"k\":\"v\"}",
                "ParentTraceContext",
                "null",
                "ScheduledStartTime",
                due,
                "Generation",
                2,
                "GenerateNewTrace",
                false)),
        Arguments.of(
            new ExecutionCompleted(OrchestrationStatus.FAILED, null, FAILURE),
            "ExecutionCompleted",
            map("OrchestrationStatus", "Failed", "FailureDetails", FAILURE_JSON)),
        Arguments.of(
            new ExecutionCompleted(OrchestrationStatus.CONTINUED_AS_NEW, INPUT, null),
            "ContinueAsNew",
            map(
                "OrchestrationStatus",
                "ContinuedAsNew",
                "Result",
                "[1]",
                "FailureDetails",
                "null")),
        Arguments.of(new ExecutionTerminated("r", false), "ExecutionTerminated", map("Input", "r")),
        Arguments.of(
            new ExecutionTerminated(null, true),
            "ExecutionTerminated",
            map("Durable4jRecursive", true)),
        Arguments.of(new ExecutionSuspended("r"), "ExecutionSuspended", map("Reason", "r")),
        Arguments.of(new ExecutionResumed("r"), "ExecutionResumed", map("Reason", "r")),
        Arguments.of(new ExecutionRewound("r"), "ExecutionRewound", map("Reason", "r")),
        Arguments.of(
            new TaskScheduled("N", "", INPUT, Map.of(), null, 4, false),
            "TaskScheduled",
            map(
                "Name",
                "N",
                "Version",
                "",
                "Input",
                "[1]",
                "ParentTraceContext",
                "null",
                "Tags",
                "null")),
        Arguments.of(
            new TaskScheduled("N", "", null, Map.of(), Duration.ofSeconds(5), 2, true),
            "TaskScheduled",
            map(
                "Name",
                "N",
                "Version",
                "",
                "ParentTraceContext",
                "null",
                "Tags",
                "null",
                "Durable4jTimeout",
                "PT5S",
                "Durable4jFirstAttempt",
                2,
                "Durable4jInline",
                true)),
        Arguments.of(
            new TaskCompleted(3, Samples.ID, INPUT),
            "TaskCompleted",
            map("TaskScheduledId", 3, "Result", "[1]", "Durable4jAnswers", Samples.ID.toString())),
        Arguments.of(
            new TaskFailed(3, null, FAILURE),
            "TaskFailed",
            map("TaskScheduledId", 3, "Reason", "boom", "FailureDetails", FAILURE_JSON)),
        Arguments.of(
            new SubOrchestrationCreated("N", "", new InstanceId("c"), INPUT, Map.of()),
            "SubOrchestrationInstanceCreated",
            map("Name", "N", "Version", "", "InstanceId", "c", "Input", "[1]", "Tags", "null")),
        Arguments.of(
            new SubOrchestrationCompleted(3, null, null),
            "SubOrchestrationInstanceCompleted",
            map("TaskScheduledId", 3)),
        Arguments.of(
            new SubOrchestrationFailed(3, null, FAILURE),
            "SubOrchestrationInstanceFailed",
            map("TaskScheduledId", 3, "Reason", "boom", "FailureDetails", FAILURE_JSON)),
        Arguments.of(new TimerCreated(due), "TimerCreated", map("FireAt", due)),
        Arguments.of(new TimerFired(1, due), "TimerFired", map("TimerId", 1, "FireAt", due)),
        Arguments.of(new OrchestratorStarted(), "OrchestratorStarted", map()),
        Arguments.of(new OrchestratorCompleted(), "OrchestratorCompleted", map()),
        Arguments.of(
            new EventSent(Samples.ORDER, "e", INPUT),
            "EventSent",
            map("InstanceId", "order-42", "Name", "e", "Input", "[1]")),
        Arguments.of(
            new EventRaised("e", INPUT),
            "EventRaised",
            map("Name", "e", "Input", "[1]", "ParentTraceContext", "null")),
        Arguments.of(new GenericEvent("d"), "GenericEvent", map("Data", "d")),
        Arguments.of(new HistoryState("s"), "HistoryState", map("State", "s")));
  }

  @ParameterizedTest
  @MethodSource("columns")
  @Covers("AZ-09")
  void eachKindHasItsColumns(EventBody body, String type, Map<String, Object> columns) {
    Row row = write(4, body).row();
    Map<String, Object> all =
        map(
            "EventId",
            4,
            "IsPlayed",
            false,
            "_Timestamp",
            Samples.AT,
            "EventType",
            type,
            "ExecutionId",
            Samples.EXECUTION.value());
    all.putAll(columns);
    assertThat(row).isEqualTo(new Row("a^0b", "000000000000000A", all));
  }

  @Test
  void theColumnsOfAllKindsAreTold() {
    Stream<Class<?>> told = columns().map(a -> a.get()[0].getClass());
    assertThat(told.distinct()).containsExactlyInAnyOrderElementsOf(EventBody.KINDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Covers("AZ-09")
  void everyEventComesBack(long seed) {
    Samples samples = new Samples(seed);
    for (int kind = 0; kind < Samples.kinds(); kind++) {
      HistoryEvent event = samples.event(kind);
      Written written = write(event);
      assertThat(HistoryRows.read(written.row(), blobs(written))).isEqualTo(event);
      assertThat(HistoryRows.blobs(written.row()))
          .isEqualTo(written.blobs().stream().map(LargeText::blob).toList());
    }
  }

  static Stream<Long> seeds() {
    return Samples.seeds(150);
  }

  @Test
  void largeColumnsStandInBlobs() {
    String most = "x".repeat(30_720);
    Written written = write(7, new EventSent(Samples.ORDER, most, new Payload(most + "x")));
    String blob = "a^0b/history-000000000000000A-EventSent-00000000-Input.json.gz";
    assertThat(written.blobs()).containsExactly(new LargeText(blob, most + "x"));
    assertThat(written.row().columns())
        .containsEntry("Name", most)
        .containsEntry("Input", "")
        .containsEntry("InputBlobName", blob)
        .doesNotContainKey("NameBlobName");
  }

  @Test
  void whatARewindOfTheFamilyTookOutIsAnEventWithoutMeaning() {
    Row failed = write(-1, new TaskFailed(3, null, FAILURE)).row();
    Row rewound =
        failed.merge(
            new Row("", "", map("EventType", "GenericEvent", "Reason", "Rewound: TaskFailed")));
    assertThat(HistoryRows.read(rewound, NO_BLOBS).body())
        .isEqualTo(new GenericEvent("Rewound: TaskFailed"));
  }

  @Test
  void aKindThatIsNotKnownKeepsItsColumns() {
    Map<String, Object> columns =
        map(
            "EventId",
            -1,
            "IsPlayed",
            true,
            "_Timestamp",
            Samples.AT,
            "EventType",
            "Novel",
            "ExecutionId",
            "e",
            "Text",
            "t",
            "Small",
            5,
            "Wide",
            5L,
            "On",
            true,
            "When",
            Samples.AT);
    HistoryEvent event = HistoryRows.read(new Row("k", "0", columns), NO_BLOBS);
    assertThat(event.body())
        .isEqualTo(
            new Unknown(
                "Novel",
                "{\"Text\":\"t\",\"Small\":5,\"Wide\":5,\"Wide@odata.type\":\"Edm.Int64\","
                    + "\"On\":true,\"When\":\"2026-05-01T12:00:00.123456700Z\","
                    + "\"When@odata.type\":\"Edm.DateTime\"}"));
    Map<String, Object> again = new LinkedHashMap<>(write(event).row().columns());
    assertThat(again.remove("Durable4jBody")).isNotNull();
    columns.put("IsPlayed", false);
    columns.put("ExecutionId", Samples.EXECUTION.value());
    assertThat(again).isEqualTo(columns);
  }

  @Test
  @Covers("AZ-09")
  void whatOthersLeaveOutHasAPlainValue() {
    Row started =
        new Row(
            "k",
            "0",
            map(
                "EventType",
                "ExecutionStarted",
                "OrchestrationInstance",
                "{\"InstanceId\":\"i\",\"ExecutionId\":\"e\"}",
                "Name",
                "N",
                "Tags",
                "null",
                "ParentInstance",
                "null"));
    assertThat(HistoryRows.read(started, NO_BLOBS))
        .isEqualTo(
            new HistoryEvent(
                -1,
                Instant.EPOCH,
                null,
                new ExecutionStarted(
                    new InstanceId("i"),
                    new ExecutionId("e"),
                    "N",
                    "",
                    null,
                    Map.of(),
                    null,
                    null,
                    0)));
  }

  @Test
  void anExactTimeThatBelongsToAnotherDoesNotCount() {
    Row row =
        write(HistoryEvent.of(Samples.AT.plusNanos(42), null, new OrchestratorStarted())).row();
    assertThat(row.columns()).containsEntry("_Timestamp", Samples.AT);
    Row moved = row.merge(new Row("", "", map("_Timestamp", Samples.AT.plusSeconds(1))));
    assertThat(HistoryRows.read(moved, NO_BLOBS).timestamp()).isEqualTo(Samples.AT.plusSeconds(1));
  }

  @Test
  void damageIsToldWithInstanceAndRow() {
    Row row = new Row("a^0b", "000000000000000A", map("EventType", "TimerCreated"));
    assertThatThrownBy(() -> HistoryRows.read(row, NO_BLOBS))
        .isInstanceOf(DurableException.class)
        .hasMessage("Damaged history row 000000000000000A of instance a/b: 'FireAt' is missing");
  }

  @Test
  void theMessageOfAnEventStandsInItsRow() {
    MessageId id = MessageId.derived("m");
    Row row = write(HistoryEvent.of(Samples.AT, id, new OrchestratorStarted())).row();
    assertThat(row.columns()).containsEntry("Durable4jMessageId", id.toString());
  }
}
