package io.durable4j.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Parked;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final Instant AT = Instant.parse("2030-01-02T03:04:05.123456789Z");
  private static final MessageId ID = MessageId.derived("m");
  private static final Payload INPUT = new Payload("{\"a\":\"ü€😀\\\"\\n\"}");
  private static final Payload NOT_JSON = new Payload("<x>\u0000 \u2028</x>");
  private static final Map<String, String> TAGS = Map.of("k", "v", "ü", "😀");
  private static final InstanceId INSTANCE = new InstanceId("instance 'ü'/\\😀");
  private static final ExecutionId EXECUTION = new ExecutionId("e1");
  private static final FailureDetails FAILURE =
      new FailureDetails(
          "java.io.IOException",
          "lost",
          "at A.b(C.java:1)",
          new FailureDetails("Cause", "", null, null, false, Map.of("deep", true)),
          true,
          Map.of("n", 42, "d", 1.5, "s", "ü", "l", List.of(1, "2"), "m", Map.of("x", false)));
  private static final FailureDetails BARE_FAILURE = FailureDetails.of("T", "", false);
  private static final ParentLink PARENT =
      new ParentLink(new InstanceId("p"), EXECUTION, "Parent", 3, ID, MessageId.derived("r"));
  private static final ParentLink FOREIGN_PARENT =
      new ParentLink(new InstanceId("p"), EXECUTION, "Parent", 0, null, null);

  /** Each kind with everything, and with nothing that may be left out. */
  static Stream<EventBody> bodies() {
    return Stream.of(
        new ExecutionStarted(INSTANCE, EXECUTION, "N", "1.2", INPUT, TAGS, PARENT, AT, 3),
        new ExecutionStarted(INSTANCE, EXECUTION, "N", "", null, Map.of(), null, null, 0),
        new ExecutionStarted(INSTANCE, EXECUTION, "N", "", null, Map.of(), FOREIGN_PARENT, AT, 0),
        new ExecutionCompleted(OrchestrationStatus.COMPLETED, INPUT, null),
        new ExecutionCompleted(OrchestrationStatus.FAILED, null, FAILURE),
        new ExecutionCompleted(OrchestrationStatus.COMPLETED, null, null),
        new ExecutionTerminated("r", true),
        new ExecutionTerminated(null, false),
        new ExecutionSuspended("r"),
        new ExecutionSuspended(null),
        new ExecutionResumed("r"),
        new ExecutionResumed(null),
        new ExecutionRewound("r"),
        new ExecutionRewound(null),
        new TaskScheduled("N", "2", INPUT, TAGS, Duration.ofMillis(1500), 4, true),
        new TaskScheduled("N", "", null, Map.of(), null, 7, false),
        new EventBody.TaskCompleted(5, ID, INPUT),
        new EventBody.TaskCompleted(0, null, null),
        new TaskFailed(5, ID, FAILURE),
        new TaskFailed(0, null, BARE_FAILURE),
        new SubOrchestrationCreated("N", "2", INSTANCE, INPUT, TAGS),
        new SubOrchestrationCreated("N", "", INSTANCE, null, Map.of()),
        new EventBody.SubOrchestrationCompleted(5, ID, INPUT),
        new EventBody.SubOrchestrationCompleted(0, null, null),
        new EventBody.SubOrchestrationFailed(5, ID, FAILURE),
        new EventBody.SubOrchestrationFailed(0, null, BARE_FAILURE),
        new EventBody.TimerCreated(AT),
        new EventBody.TimerFired(9, AT),
        new EventBody.OrchestratorStarted(),
        new EventBody.OrchestratorCompleted(),
        new EventBody.EventSent(INSTANCE, "N", INPUT),
        new EventBody.EventSent(INSTANCE, "", null),
        new EventBody.EventRaised("N", NOT_JSON),
        new EventBody.EventRaised("ü", null),
        new EventBody.EventRaised("empty", new Payload("")),
        new EventBody.GenericEvent("data"),
        new EventBody.GenericEvent(null),
        new EventBody.HistoryState("state"),
        new EventBody.HistoryState(null));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void everyEventComesBackAsItWas(EventBody body) {
    for (HistoryEvent e :
        List.of(
            new HistoryEvent(7, AT, ID, body),
            new HistoryEvent(0, AT, null, body),
            HistoryEvent.of(Instant.EPOCH, null, body))) {
      byte[] json = Codec.encode(e);
      assertThat(Codec.event(json)).isEqualTo(e);
      assertThat(Codec.encode(Codec.event(json))).isEqualTo(json);
    }
  }

  @Test
  void everyKindIsExercised() {
    Set<Class<?>> sampled = new HashSet<>();
    bodies().forEach(b -> sampled.add(b.getClass()));
    assertThat(sampled).containsExactlyInAnyOrderElementsOf(new ArrayList<>(EventBody.KINDS));
    Set<Class<?>> permitted = new HashSet<>(List.of(EventBody.class.getPermittedSubclasses()));
    assertThat(permitted).containsAll(EventBody.KINDS).contains(Unknown.class);
    assertThat(permitted).hasSize(EventBody.KINDS.size() + 1);
  }

  @Test
  void theTextIsAnObjectWithoutNulls() {
    String json =
        new String(Codec.encode(new HistoryEvent(3, AT, ID, new ExecutionResumed(null))), UTF_8);
    assertThat(json)
        .isEqualTo(
            "{\"kind\":\"ExecutionResumed\",\"id\":3,\"at\":\""
                + AT
                + "\",\"message\":\""
                + ID
                + "\"}");
  }

  @Test
  void anUnknownKindIsKept() {
    String foreign =
        "{\"kind\":\"LockGranted\",\"id\":4,\"at\":\"2030-01-01T00:00:00Z\","
            + "\"big\":12345678901234567890123,\"list\":[1,null,{\"x\":\"ü\"}]}";
    HistoryEvent e = Codec.event(foreign.getBytes(UTF_8));
    assertThat(e.eventId()).isEqualTo(4);
    assertThat(e.body()).isInstanceOf(Unknown.class);
    Unknown body = (Unknown) e.body();
    assertThat(body.type()).isEqualTo("LockGranted");
    assertThat(body.kind()).isEqualTo("LockGranted");
    assertThat(body.json())
        .contains("\"big\":12345678901234567890123", "\"list\":[1,null,{\"x\":\"ü\"}]");
    HistoryEvent again = Codec.event(Codec.encode(e));
    assertThat(again).isEqualTo(e);
    assertThat(Codec.event(Codec.encode(again))).isEqualTo(e);
  }

  @Test
  void unknownMembersAreSkipped() {
    String json =
        "{\"kind\":\"TimerFired\",\"at\":\"2030-01-01T00:00:00Z\",\"timer\":1,"
            + "\"fireAt\":\"2030-01-01T00:00:00Z\",\"new\":{\"member\":[1]}}";
    assertThat(Codec.event(json.getBytes(UTF_8)).body())
        .isEqualTo(new EventBody.TimerFired(1, Instant.parse("2030-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @EnumSource(OrchestrationStatus.class)
  void everyStatusOfAStateComesBack(OrchestrationStatus status) {
    InstanceState bare =
        new InstanceState(
            INSTANCE,
            EXECUTION,
            new Start("N", "", null, Map.of(), null, AT, null, 0),
            Progress.of(status, AT),
            List.of());
    assertThat(Codec.state(Codec.encode(bare))).isEqualTo(bare);
    assertPartsComeBack(bare);
  }

  @Test
  void aStateWithEverythingComesBack() {
    InstanceState full =
        new InstanceState(
            INSTANCE,
            EXECUTION,
            new Start("N", "2", INPUT, TAGS, PARENT, AT, AT.plusSeconds(1), 4),
            new Progress(
                OrchestrationStatus.FAILED,
                AT.plusSeconds(2),
                AT.plusSeconds(3),
                NOT_JSON,
                FAILURE,
                new Payload("\"half\""),
                List.of("approval", "ü"),
                new Parked("no such class", AT.plusSeconds(4))),
            List.of(ID, ID.answer()));
    assertThat(Codec.state(Codec.encode(full))).isEqualTo(full);
    assertPartsComeBack(full);
  }

  private static void assertPartsComeBack(InstanceState state) {
    Progress other =
        new Progress(
            OrchestrationStatus.PENDING, AT, AT, INPUT, FAILURE, INPUT, List.of("x"), null);
    InstanceState former = state.with(other).withConsumed(List.of(ID));
    try (Encoder encoder = new Encoder()) {
      byte[] start = encoder.encodeStart(former);
      byte[] progress = encoder.encodeProgress(state);
      assertThat(Codec.state(start, progress)).isEqualTo(state);
      byte[] whole = encoder.encode(state);
      assertThat(start.length + progress.length)
          .as("no member is in both")
          .isEqualTo(whole.length + 1);
      assertThat(Codec.state(whole, whole)).isEqualTo(state);
    }
  }

  @Test
  void messagesComeBack() {
    HistoryEvent event = HistoryEvent.of(AT, ID, new EventBody.EventRaised("e", INPUT));
    for (Message m :
        List.of(
            new Message(new Address(INSTANCE, EXECUTION), new Address(INSTANCE, null), event),
            new Message(
                new Address(INSTANCE, null), new Address(new InstanceId("p"), EXECUTION), event),
            new Message(new Address(INSTANCE, null), null, event))) {
      assertThat(Codec.message(Codec.encode(m))).isEqualTo(m);
    }
  }

  @Test
  void noLoneSurrogateReachesTheCodec() {
    assertThatThrownBy(() -> new Payload("a\uD83D")).isInstanceOf(PayloadException.class);
    assertThatThrownBy(() -> new InstanceId("a\uDE00"))
        .isInstanceOf(InstanceId.InvalidIdException.class);
    HistoryEvent pair =
        HistoryEvent.of(AT, null, new EventBody.EventRaised("e", new Payload("\uD83D\uDE00")));
    assertThat(Codec.event(Codec.encode(pair))).isEqualTo(pair);
  }

  @Test
  void aLoneSurrogateInFreeTextDoesNotBreakTheRecord() {
    String lone = "bad \uD83D text";
    for (EventBody body :
        List.of(
            new ExecutionTerminated(lone, false),
            new EventBody.GenericEvent(lone),
            new EventBody.EventRaised(lone, null),
            new TaskFailed(1, null, FailureDetails.of("T", lone, false)))) {
      HistoryEvent e = HistoryEvent.of(AT, null, body);
      HistoryEvent read = Codec.event(Codec.encode(e));
      assertThat(read.body()).isInstanceOf(body.getClass());
      assertThat(Codec.event(Codec.encode(read))).isEqualTo(read);
    }
  }

  @Test
  void damageIsTold() {
    for (String bad : List.of("", "nonsense", "{}", "[]", "{\"kind\":\"TimerFired\"}")) {
      assertThatThrownBy(() -> Codec.event(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(DurableException.class);
      assertThatThrownBy(() -> Codec.state(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(DurableException.class);
      byte[] both = bad.getBytes(UTF_8);
      assertThatThrownBy(() -> Codec.state(both, both))
          .as(bad)
          .isInstanceOf(DurableException.class);
      assertThatThrownBy(() -> Codec.message(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(DurableException.class);
    }
  }
}
