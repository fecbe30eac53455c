package io.durable4j.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityJsonTest {
  private static final String ID = "9f0b3c52-3c6b-4a2e-8f57-0c3f2b6f3d11";
  private static final InstanceId ORDER = new InstanceId("order-42");
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.1234567Z");
  private static final Request CALL =
      new Request(
          ID,
          "add",
          false,
          new Payload("5"),
          new Request.Sender(ORDER, new ExecutionId("0f8f")),
          null,
          new Request.Stamp(NOW, null),
          null);
  private static final String CALL_JSON =
      "{\"op\":\"add\",\"input\":\"5\",\"id\":\""
          + ID
          + "\",\"parent\":\"order-42\",\"parentExecution\":\"0f8f\","
          + "\"Timestamp\":\"2026-05-01T12:00:00.1234567Z\",\"Predecessor\":\"0001-01-01T00:00:00\","
          + "\"IsLockRequest\":false,\"createTrace\":false}";

  private static Request read(String json) {
    return read("op", json);
  }

  private static Request read(String name, String json) {
    Incoming said = Incoming.of(new EventRaised(name, new Payload(json)));
    assertThat(said).isInstanceOf(Incoming.Asks.class);
    return ((Incoming.Asks) said).request();
  }

  private static InstanceId account(String key) {
    return new InstanceId("@account@" + key);
  }

  @Test
  void aPredecessorKeepsItsId() {
    Request.Stamp stamp = new Request.Stamp(NOW.plusSeconds(1), NOW, "first");
    Request call = new Request(ID, "add", true, null, CALL.sender(), null, stamp, null);
    assertThat(read(EntityEvents.raised(call).input().text())).isEqualTo(call);
  }

  @Test
  void aCallIsWrittenAsTheFamilyDoes() {
    assertThat(EntityEvents.raised(CALL)).isEqualTo(new EventRaised("op", new Payload(CALL_JSON)));
    assertThat(read(CALL_JSON)).isEqualTo(CALL);
  }

  @Test
  void aClientsSignalHasNoSenderAndNoPlace() {
    Request signal = new Request(ID, "add", true, null, null, null, Request.Stamp.NONE, null);
    EventRaised event = EntityEvents.raised(signal);
    assertThat(event.name()).isEqualTo("op");
    assertThat(EntityJson.encode(signal).text())
        .isEqualTo(
            "{\"op\":\"add\",\"signal\":true,\"id\":\""
                + ID
                + "\",\"Timestamp\":\"0001-01-01T00:00:00\",\"Predecessor\":\"0001-01-01T00:00:00\","
                + "\"IsLockRequest\":false,\"createTrace\":false}");
    assertThat(Incoming.of(event)).isEqualTo(new Incoming.Asks(signal));
  }

  @Test
  void theIdStandsWhereOthersLookForIt() {
    assertThat(EntityJson.encode(CALL).text())
        .startsWith("{\"op\":\"add\",\"input\":\"5\",\"id\":");
  }

  @Test
  void aScheduledRequestTellsItsTimeInItsName() {
    Instant due = Instant.parse("2026-05-02T00:00:00Z");
    Request later = new Request(ID, "add", true, null, null, due, Request.Stamp.NONE, null);
    EventRaised event = EntityEvents.raised(later);
    assertThat(event.name()).isEqualTo("op@2026-05-02T00:00:00.0000000Z");
    assertThat(EntityJson.encode(later).text())
        .contains("\"due\":\"2026-05-02T00:00:00.0000000Z\",\"Timestamp\"");
    assertThat(Incoming.of(event)).isEqualTo(new Incoming.Asks(later));
  }

  @Test
  void aLockNamesItsSetAndItsPlaceInIt() {
    List<InstanceId> set = List.of(account("a"), account("b@c"));
    Request lock =
        new Request(
            ID, null, false, null, CALL.sender(), null, CALL.stamp(), new Request.Lock(set, 1));
    String json = EntityJson.encode(lock).text();
    assertThat(json)
        .startsWith("{\"op\":null,\"id\":")
        .contains(
            "\"lockset\":[{\"name\":\"account\",\"key\":\"a\"},"
                + "{\"name\":\"account\",\"key\":\"b@c\"}],\"pos\":1,\"IsLockRequest\":true");
    assertThat(read(json)).isEqualTo(lock);
    Request first =
        new Request(
            ID, null, false, null, CALL.sender(), null, CALL.stamp(), new Request.Lock(set, 0));
    assertThat(EntityJson.encode(first).text()).doesNotContain("pos");
    assertThat(read(EntityJson.encode(first).text())).isEqualTo(first);
  }

  @Test
  void membersOfOthersAreSkipped() {
    String more =
        "{\"$type\":\"x\",\"op\":\"add\",\"signal\":false,\"input\":\"5\",\"id\":\""
            + ID
            + "\",\"parent\":\"order-42\",\"parentExecution\":\"0f8f\",\"due\":null,"
            + "\"Timestamp\":\"2026-05-01T12:00:00.1234567Z\",\"Predecessor\":\"0001-01-01T00:00:00\","
            + "\"lockset\":null,\"pos\":0,\"IsLockRequest\":false,"
            + "\"parentTraceContext\":{\"TraceParent\":\"00-a-b-01\",\"list\":[{\"op\":\"no\"}]},"
            + "\"createTrace\":true,\"requestTime\":\"2026-05-01T12:00:00+00:00\"}";
    assertThat(read(more)).isEqualTo(CALL);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T12:00:00.1234567Z, 2026-05-01T12:00:00.123456700Z",
    "2026-05-01T12:00:00.12Z, 2026-05-01T12:00:00.120Z",
    "2026-05-01T12:00:00Z, 2026-05-01T12:00:00Z",
    "2026-05-01T12:00:00, 2026-05-01T12:00:00Z",
    "2026-05-01T12:00:00.5, 2026-05-01T12:00:00.5Z",
    "2026-05-01T14:00:00.5+02:00, 2026-05-01T12:00:00.5Z",
    "2026-05-01T07:00:00-05:00, 2026-05-01T12:00:00Z",
    "0001-01-01T00:00:00, ",
    "0001-01-01T00:00:00Z, "
  })
  void timesReadInEveryFormOfThePlatform(String text, Instant time) {
    String json = "{\"op\":\"add\",\"id\":\"" + ID + "\",\"Timestamp\":\"" + text + "\"}";
    assertThat(read(json).stamp().timestamp()).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T12:00:00.123456799Z, 2026-05-01T12:00:00.1234567Z",
    "2026-12-31T23:59:59Z, 2026-12-31T23:59:59.0000000Z",
    "+12026-05-01T12:00:00Z, 9999-12-31T23:59:59.9999999Z",
    "-0001-05-01T12:00:00Z, 0001-01-01T00:00:00"
  })
  void timesAreWrittenWithSevenDigits(Instant time, String text) {
    assertThat(EntityTime.write(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "5",
        "{",
        "{\"op\":\"add\"}",
        "{\"id\":\"x\"}",
        "{\"op\":null,\"id\":\"x\"}",
        "{\"op\":{},\"id\":\"x\"}",
        "{\"op\":\"add\",\"id\":\"x\",\"Timestamp\":\"\"}",
        "{\"op\":\"add\",\"id\":\"x\",\"Timestamp\":\"yesterday\"}",
        "{\"op\":\"add\",\"id\":\"x\",\"Timestamp\":\"2026-02-30T12:00:00Z\"}",
        "{\"op\":\"add\",\"id\":\"x\",\"input\":\"\\ud800\"}",
        "{\"op\":null,\"id\":\"x\",\"lockset\":[{\"name\":\"a\",\"key\":\"k\"}]}",
        "{\"op\":null,\"id\":\"x\",\"parent\":\"p\",\"lockset\":[]}",
        "{\"op\":null,\"id\":\"x\",\"parent\":\"p\",\"lockset\":[{\"name\":\"a\"}]}",
        "{\"op\":null,\"id\":\"x\",\"parent\":\"p\",\"lockset\":{},\"pos\":0}",
        "{\"op\":null,\"id\":\"x\",\"parent\":\"p\",\"pos\":1,"
            + "\"lockset\":[{\"name\":\"a\",\"key\":\"k\"}]}"
      })
  void whatDoesNotReadIsSaid(String json) {
    Incoming said = Incoming.of(new EventRaised("op", new Payload(json)));
    assertThat(said).isInstanceOf(Incoming.Unreadable.class);
    assertThat(((Incoming.Unreadable) said).why()).startsWith("The event 'op' does not read: ");
  }

  @Test
  void anEventWithoutARequestIsUnreadable() {
    assertThat(Incoming.of(new EventRaised("op", null)))
        .isEqualTo(new Incoming.Unreadable("The event 'op' says nothing"));
  }

  @Test
  void eachEventThatBeginsWithOpIsARequest() {
    assertThat(read("op@whenever", CALL_JSON)).isEqualTo(CALL);
    assertThat(Incoming.of(new EventRaised("open", new Payload("{}"))))
        .isInstanceOf(Incoming.Unreadable.class);
  }

  @Test
  void anythingElseIsANudge() {
    assertThat(Incoming.of(EntityEvents.nudge())).isEqualTo(new Incoming.Continues());
    assertThat(EntityEvents.nudge()).isEqualTo(new EventRaised("continue", null));
    assertThat(Incoming.of(new EventRaised("hello", new Payload("1"))))
        .isEqualTo(new Incoming.Continues());
  }

  @Test
  void aReleaseNamesHolderAndSection() {
    Release release = new Release(ORDER, ID);
    EventRaised event = EntityEvents.raised(release);
    assertThat(event)
        .isEqualTo(
            new EventRaised(
                "release", new Payload("{\"parent\":\"order-42\",\"id\":\"" + ID + "\"}")));
    assertThat(Incoming.of(event)).isEqualTo(new Incoming.Releases(release));
    assertThat(Incoming.of(new EventRaised("release", new Payload("{\"id\":\"x\"}"))))
        .isInstanceOf(Incoming.Unreadable.class);
  }

  @Test
  void aResultIsAnsweredUnderTheRequestsName() {
    Response five = new Response(new Payload("5"), null, List.of());
    assertThat(EntityEvents.raised(ID, five))
        .isEqualTo(new EventRaised(ID, new Payload("{\"result\":\"5\"}")));
    assertThat(EntityJson.response(EntityJson.encode(five))).isEqualTo(five);
    Response nothing = new Response(null, null, List.of());
    assertThat(EntityJson.encode(nothing).text()).isEqualTo("{\"result\":null}");
    assertThat(EntityJson.response(EntityJson.encode(nothing))).isEqualTo(nothing);
  }

  @Test
  void aGrantTellsWhatIsLocked() {
    Response grant = new Response(Response.LOCK_ACQUIRED, null, List.of(account("a")));
    assertThat(EntityJson.encode(grant).text())
        .isEqualTo(
            "{\"result\":\"Lock Acquisition Completed\","
                + "\"locked\":[{\"name\":\"account\",\"key\":\"a\"}]}");
    assertThat(EntityJson.response(EntityJson.encode(grant))).isEqualTo(grant);
  }

  @Test
  void aFailureHasTheMembersOfTheFamily() {
    FailureDetails cause = FailureDetails.of("C", "deep", true);
    FailureDetails why =
        new FailureDetails("T", "boom", "at X", cause, false, Map.of("n", 1, "l", List.of("a")));
    Response failed = new Response(null, why, List.of());
    assertThat(EntityJson.encode(failed).text())
        .isEqualTo(
            "{\"result\":null,\"failureDetails\":{\"ErrorType\":\"T\",\"ErrorMessage\":\"boom\","
                + "\"StackTrace\":\"at X\",\"InnerFailure\":{\"ErrorType\":\"C\","
                + "\"ErrorMessage\":\"deep\",\"StackTrace\":null,\"InnerFailure\":null,"
                + "\"IsNonRetriable\":true,\"Properties\":null},\"IsNonRetriable\":false,"
                + "\"Properties\":{\"l\":[\"a\"],\"n\":1}}}");
    assertThat(EntityJson.response(EntityJson.encode(failed))).isEqualTo(failed);
  }

  @Test
  void anExceptionOfAnOlderHostIsAFailure() {
    FailureDetails object =
        EntityJson.response(
                new Payload(
                    "{\"result\":\"{\\\"ClassName\\\":\\\"X\\\",\\\"Message\\\":\\\"boom\\\","
                        + "\\\"StackTraceString\\\":\\\"at X\\\"}\","
                        + "\"exceptionType\":\"System.InvalidOperationException\"}"))
            .failure();
    assertThat(object)
        .isEqualTo(
            new FailureDetails(
                "System.InvalidOperationException", "boom", "at X", null, false, Map.of()));
    FailureDetails words =
        EntityJson.response(
                new Payload("{\"result\":\"it broke\",\"exceptionType\":\"System.Exception\"}"))
            .failure();
    assertThat(words).isEqualTo(FailureDetails.of("System.Exception", "it broke", false));
  }

  @Test
  void propertiesWithoutAValueAreLeftOut() {
    FailureDetails f =
        EntityJson.response(
                new Payload(
                    "{\"result\":null,\"failureDetails\":{\"ErrorType\":\"T\",\"ErrorMessage\":null,"
                        + "\"Properties\":{\"a\":null,\"b\":true}}}"))
            .failure();
    assertThat(f).isEqualTo(new FailureDetails("T", "", null, null, false, Map.of("b", true)));
  }

  @Test
  void anAnswerThatDoesNotReadIsSaid() {
    assertThatThrownBy(() -> EntityJson.response(new Payload("[")))
        .isInstanceOf(DurableException.class)
        .hasMessageStartingWith("The answer of an entity does not read: ");
  }

  @Test
  void whatAnEntityKeepsReadsBack() {
    Sorting sorting =
        new Sorting(
            Map.of(account("b"), NOW),
            Map.of(
                ORDER,
                new Sorting.Received(
                    NOW, new ExecutionId("0f8f"), Map.of(NOW.plusNanos(200), CALL)),
                account("a"),
                new Sorting.Received(Instant.MIN, null, Map.of())),
            NOW.minusSeconds(1800),
            NOW.minusSeconds(1801));
    Scheduler all = new Scheduler(new Payload("17"), List.of(CALL, CALL), ORDER, ID, sorting);
    String json = EntityJson.encode(all).text();
    assertThat(json)
        .isEqualTo(
            "{\"exists\":true,\"state\":\"17\",\"queue\":["
                + CALL_JSON
                + ","
                + CALL_JSON
                + "],\"lockedBy\":\"order-42\",\"lockId\":\""
                + ID
                + "\",\"sorter\":{\"LastSentToInstance\":"
                + "{\"@account@b\":\"2026-05-01T12:00:00.1234567Z\"},\"ReceivedFromInstance\":"
                + "{\"@account@a\":{\"Last\":\"0001-01-01T00:00:00\"},"
                + "\"order-42\":{\"Last\":\"2026-05-01T12:00:00.1234567Z\",\"ExecutionId\":\"0f8f\","
                + "\"Buffered\":{\"2026-05-01T12:00:00.1234569Z\":"
                + CALL_JSON
                + "}}},\"ReceiveHorizon\":\"2026-05-01T11:30:00.1234567Z\","
                + "\"SendHorizon\":\"2026-05-01T11:29:59.1234567Z\"}}");
    assertThat(EntityJson.scheduler(new Payload(json))).isEqualTo(all);
  }

  @Test
  void anEntityWithNothingKeepsNothing() {
    assertThat(EntityJson.encode(Scheduler.NEW).text()).isEqualTo("{\"sorter\":{}}");
    assertThat(EntityJson.scheduler(new Payload("{\"sorter\":{}}"))).isEqualTo(Scheduler.NEW);
    assertThat(EntityJson.scheduler(new Payload("null"))).isEqualTo(Scheduler.NEW);
    assertThat(EntityJson.scheduler(null)).isEqualTo(Scheduler.NEW);
  }

  @Test
  void anEntityThatAnotherHostSuspendedGoesOn() {
    Scheduler kept =
        EntityJson.scheduler(
            new Payload(
                "{\"exists\":true,\"state\":\"17\",\"queue\":null,\"suspended\":true,\"sorter\":null}"));
    assertThat(kept)
        .isEqualTo(new Scheduler(new Payload("17"), List.of(), null, null, Sorting.NONE));
  }

  @Test
  void whatAnEntityKeepsAndDoesNotReadIsSaid() {
    assertThatThrownBy(() -> EntityJson.scheduler(new Payload("{\"queue\":[{}]}")))
        .isInstanceOf(DurableException.class)
        .hasMessage("What an entity keeps does not read: the member 'id' is missing");
  }

  @Test
  void theStatusTellsOfExistenceQueueAndHolder() {
    assertThat(EntityJson.status(Scheduler.NEW).text()).isEqualTo("{}");
    Scheduler busy = new Scheduler(new Payload("17"), List.of(CALL, CALL), ORDER, ID, Sorting.NONE);
    assertThat(EntityJson.status(busy).text())
        .isEqualTo("{\"entityExists\":true,\"queueSize\":2,\"lockedBy\":\"order-42\"}");
  }

  @Test
  void halfACharacterIsWrittenAsItsEscape() {
    FailureDetails half = FailureDetails.of("T", "no \ud83d, but \ud83d\ude00", false);
    Response failed = new Response(null, half, List.of());
    assertThat(EntityJson.response(EntityJson.encode(failed))).isEqualTo(failed);
  }

  @Test
  void aLargeStateReads() {
    Scheduler large =
        new Scheduler(new Payload("x".repeat(21_000_000)), List.of(), null, null, Sorting.NONE);
    assertThat(EntityJson.scheduler(EntityJson.encode(large))).isEqualTo(large);
  }
}
