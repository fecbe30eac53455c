package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.format.QueueText.Encoding;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Response;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.entity.Sorting;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What entities are told and answer, as it stands in messages and rows. */
class EntityMessagesTest {
  private static final String REQUEST = "9f0b3c52-3c6b-4a2e-8f57-0c3f2b6f3d11";
  private static final InstanceId ENTITY = new InstanceId("@counter@my@key");
  private static final Address ORDER = new Address(Samples.ORDER, Samples.EXECUTION);
  private static final Request.Sender SENDER = new Request.Sender(Samples.ORDER, Samples.EXECUTION);
  private static final String STAMP =
      "\"Timestamp\":\"2026-05-01T12:00:00.1234567Z\",\"Predecessor\":\"0001-01-01T00:00:00\"";

  private static Request request(
      boolean signal, @Nullable Instant due, Request.@Nullable Lock lock) {
    return new Request(
        REQUEST,
        lock == null ? "add" : null,
        signal,
        lock == null ? new Payload("5") : null,
        SENDER,
        due,
        new Request.Stamp(Samples.AT, null),
        lock);
  }

  /** The event's own members, and whom the message is for and from. */
  private static String text(Address to, @Nullable Address from, EventBody body) {
    Message message = new Message(to, from, HistoryEvent.of(Samples.AT, Samples.ID, body));
    Envelope e = new Envelope(Samples.ACTIVITY, message, 1, null);
    String text = QueueText.of(e, Encoding.UTF8).text();
    assertThat(QueueText.read(text, "q", name -> "")).isEqualTo(e);
    return text;
  }

  private static void assertRaised(String text, String name, String input, Address to) {
    String execution = to.execution() == null ? "null" : "\"" + to.execution() + "\"";
    assertThat(text)
        .contains(
            "\"Event\":{\"$type\":\"DurableTask.Core.History.EventRaisedEvent\",\"EventType\":15,"
                + "\"Name\":\""
                + name
                + "\",\"Input\":"
                + Json.write(g -> g.writeString(input))
                + ",\"ParentTraceContext\":null,\"EventId\":-1,")
        .contains(
            "\"OrchestrationInstance\":{\"$type\":\"DurableTask.Core.OrchestrationInstance\","
                + "\"InstanceId\":\""
                + to.instance()
                + "\",\"ExecutionId\":"
                + execution
                + "}");
  }

  @Test
  void aCall() {
    String json =
        "{\"op\":\"add\",\"input\":\"5\",\"id\":\""
            + REQUEST
            + "\",\"parent\":\"order-42\",\"parentExecution\":\"0f8fad5bd9cb469fa16570867728950e\","
            + STAMP
            + ",\"IsLockRequest\":false,\"createTrace\":false}";
    Address to = new Address(ENTITY, null);
    assertRaised(text(to, ORDER, EntityEvents.raised(request(false, null, null))), "op", json, to);
  }

  @Test
  void aSignalThatIsDueLater() {
    Instant due = Instant.parse("2026-05-01T13:00:00Z");
    String json =
        "{\"op\":\"add\",\"signal\":true,\"input\":\"5\",\"id\":\""
            + REQUEST
            + "\",\"parent\":\"order-42\",\"parentExecution\":\"0f8fad5bd9cb469fa16570867728950e\","
            + "\"due\":\"2026-05-01T13:00:00.0000000Z\","
            + STAMP
            + ",\"IsLockRequest\":false,\"createTrace\":false}";
    Address to = new Address(ENTITY, null);
    assertRaised(
        text(to, ORDER, EntityEvents.raised(request(true, due, null))),
        "op@2026-05-01T13:00:00.0000000Z",
        json,
        to);
  }

  @Test
  void aLockItsReleaseAndANudge() {
    InstanceId other = new InstanceId("@account@a");
    Request.Lock lock = new Request.Lock(List.of(other, ENTITY), 1);
    String json =
        "{\"op\":null,\"id\":\""
            + REQUEST
            + "\",\"parent\":\"order-42\",\"parentExecution\":\"0f8fad5bd9cb469fa16570867728950e\","
            + STAMP
            + ",\"lockset\":[{\"name\":\"account\",\"key\":\"a\"},"
            + "{\"name\":\"counter\",\"key\":\"my@key\"}],\"pos\":1,"
            + "\"IsLockRequest\":true,\"createTrace\":false}";
    Address to = new Address(ENTITY, null);
    assertRaised(text(to, ORDER, EntityEvents.raised(request(false, null, lock))), "op", json, to);
    assertRaised(
        text(to, ORDER, EntityEvents.raised(new Release(Samples.ORDER, REQUEST))),
        "release",
        "{\"parent\":\"order-42\",\"id\":\"" + REQUEST + "\"}",
        to);
    assertThat(text(to, new Address(ENTITY, null), EntityEvents.nudge()))
        .contains("\"Name\":\"continue\",\"Input\":null")
        .contains("\"Sender\":{\"InstanceId\":\"@counter@my@key\",\"ExecutionId\":null}");
  }

  @Test
  void anAnswerIsForTheExecutionThatAsked() {
    EventRaised answer =
        EntityEvents.raised(REQUEST, new Response(new Payload("17"), null, List.of()));
    assertRaised(
        text(ORDER, new Address(ENTITY, Samples.EXECUTION), answer),
        REQUEST,
        "{\"result\":\"17\"}",
        ORDER);
  }

  @Test
  void aClientsSignalHasNoSender() {
    Request signal =
        new Request(REQUEST, "add", true, new Payload("5"), null, null, Request.Stamp.NONE, null);
    Address to = new Address(ENTITY, null);
    String text = text(to, null, EntityEvents.raised(signal));
    assertRaised(
        text,
        "op",
        "{\"op\":\"add\",\"signal\":true,\"input\":\"5\",\"id\":\""
            + REQUEST
            + "\",\"Timestamp\":\"0001-01-01T00:00:00\",\"Predecessor\":\"0001-01-01T00:00:00\","
            + "\"IsLockRequest\":false,\"createTrace\":false}",
        to);
    assertThat(text).contains("\"Sender\":{\"InstanceId\":\"\",\"ExecutionId\":\"\"}");
  }

  @Test
  void whatACallerRecordsHasTheSameNameAndInput() {
    Request request = request(false, null, null);
    EventRaised raised = EntityEvents.raised(request);
    HistoryEvent sent = new HistoryEvent(0, Samples.AT, null, EntityEvents.sent(ENTITY, request));
    Row row = HistoryRows.write(Samples.ORDER, Samples.EXECUTION, 0, sent, Samples.unique()).row();
    assertThat(row.columns())
        .containsEntry("EventType", "EventSent")
        .containsEntry("InstanceId", ENTITY.value())
        .containsEntry("Name", raised.name())
        .containsEntry("Input", raised.input() == null ? "" : raised.input().text());
  }

  @Test
  void whatAnEntityKeepsAndTells() {
    Scheduler kept = new Scheduler(new Payload("17"), List.of(), Samples.ORDER, null, Sorting.NONE);
    assertThat(EntityJson.encode(kept).text())
        .isEqualTo("{\"exists\":true,\"state\":\"17\",\"lockedBy\":\"order-42\",\"sorter\":{}}");
    assertThat(EntityJson.status(kept).text())
        .isEqualTo("{\"entityExists\":true,\"lockedBy\":\"order-42\"}");
  }
}
