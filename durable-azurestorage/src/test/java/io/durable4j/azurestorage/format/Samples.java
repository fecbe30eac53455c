package io.durable4j.azurestorage.format;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.*;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Parked;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of all kinds, with everything and with nothing; the same for the same seed. */
final class Samples {
  static final InstanceId ORDER = new InstanceId("order-42");
  static final ExecutionId EXECUTION = new ExecutionId("0f8fad5bd9cb469fa16570867728950e");
  static final Instant AT = Instant.parse("2026-05-01T12:00:00.1234567Z");
  static final UUID ACTIVITY = UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7");
  static final MessageId ID = MessageId.derived("sample");

  private static final String[] WORDS = {
    "",
    "a",
    "Größe",
    "😀",
    "'",
    "\"\\/\b\f\n\r\t",
    "<&>",
    "null",
    "\u0000\u001f",
    "\u007f\u0085\u009f",
    "\uFFFE\uFFFF",
    "\u2028",
    "{\"$type\":\"x\"}",
    "2026-05-01T12:00:00Z",
    "https://a/b.json.gz",
  };

  private final Random random;

  Samples(long seed) {
    this.random = new Random(seed);
  }

  static BlobNames.Unique unique() {
    int[] next = {0};
    return () -> String.format("%08x", next[0]++);
  }

  static Stream<Long> seeds(int count) {
    return IntStream.range(0, count).mapToObj(Long::valueOf);
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return random.nextInt(12) == 0 ? text.append("x".repeat(40_000)).toString() : text.toString();
  }

  private Payload payload() {
    return new Payload(text());
  }

  private Instant time() {
    return switch (random.nextInt(8)) {
      case 0 -> Instant.EPOCH;
      case 1 -> AT.plusNanos(random.nextInt(1_000_000_000));
      case 2 -> Instant.parse("1600-02-03T04:05:06Z");
      case 3 -> Instant.parse("+12345-02-03T04:05:06.5Z");
      case 4 -> Instant.parse("0001-01-01T00:00:00Z");
      default -> AT.plusSeconds(random.nextInt(100_000));
    };
  }

  private MessageId id() {
    return MessageId.derived(random.nextInt());
  }

  private ExecutionId execution() {
    return ExecutionId.of(id().value());
  }

  InstanceId instance() {
    String[] ids = {"order-42", "@counter@my key", "a/b\\c#d?e^f", "it's 100%|ü😀", "x"};
    return new InstanceId(ids[random.nextInt(ids.length)]);
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      tags.put("k" + i + (random.nextBoolean() ? "ü" : ""), text());
    }
    return tags;
  }

  private FailureDetails failure() {
    Map<String, Object> properties =
        random.nextBoolean()
            ? Map.of()
            : Map.of(
                "n",
                42,
                "d",
                1.5,
                "s",
                text(),
                "l",
                List.of(1, "2"),
                "m",
                Map.of("x", false),
                "big",
                12_345_678_901L);
    return new FailureDetails(
        text(), text(), maybe(this::text), maybe(this::failure), random.nextBoolean(), properties);
  }

  private ParentLink parent() {
    return new ParentLink(
        instance(), execution(), text(), random.nextInt(9), maybe(this::id), maybe(this::id));
  }

  private OrchestrationStatus status() {
    OrchestrationStatus[] all = OrchestrationStatus.values();
    return all[random.nextInt(all.length)];
  }

  /** An event of a kind: one of {@link EventBody#KINDS}, or unknown beyond them. */
  HistoryEvent event(int kind) {
    int number = random.nextInt(4) - 1;
    return new HistoryEvent(number, time(), maybe(this::id), body(kind, number));
  }

  static int kinds() {
    return EventBody.KINDS.size() + 1;
  }

  private EventBody body(int kind, int number) {
    String name = kind < EventBody.KINDS.size() ? EventBody.KINDS.get(kind).getSimpleName() : "";
    return switch (name) {
      case "ExecutionStarted" ->
          new ExecutionStarted(
              instance(),
              execution(),
              text(),
              text(),
              maybe(this::payload),
              tags(),
              maybe(this::parent),
              maybe(this::time),
              random.nextInt(3));
      case "ExecutionCompleted" ->
          new ExecutionCompleted(status(), maybe(this::payload), maybe(this::failure));
      case "ExecutionTerminated" ->
          new ExecutionTerminated(maybe(this::text), random.nextBoolean());
      case "TaskScheduled" ->
          new TaskScheduled(
              text(),
              text(),
              maybe(this::payload),
              tags(),
              maybe(() -> Duration.ofMillis(random.nextInt(100_000))),
              random.nextBoolean() ? number : random.nextInt(5),
              random.nextBoolean());
      case "TaskCompleted" ->
          new TaskCompleted(random.nextInt(5), maybe(this::id), maybe(this::payload));
      case "TaskFailed" -> new TaskFailed(random.nextInt(5), maybe(this::id), failure());
      case "SubOrchestrationCreated" ->
          new SubOrchestrationCreated(text(), text(), instance(), maybe(this::payload), tags());
      case "SubOrchestrationCompleted" ->
          new SubOrchestrationCompleted(random.nextInt(5), maybe(this::id), maybe(this::payload));
      case "SubOrchestrationFailed" ->
          new SubOrchestrationFailed(random.nextInt(5), maybe(this::id), failure());
      case "TimerCreated" -> new TimerCreated(time());
      case "TimerFired" -> new TimerFired(random.nextInt(5), time());
      case "OrchestratorStarted" -> new OrchestratorStarted();
      case "OrchestratorCompleted" -> new OrchestratorCompleted();
      case "EventSent" -> new EventSent(instance(), text(), maybe(this::payload));
      case "EventRaised" -> new EventRaised(text(), maybe(this::payload));
      case "GenericEvent" -> new GenericEvent(maybe(this::text));
      case "HistoryState" -> new HistoryState(maybe(this::text));
      case "ExecutionSuspended" -> new ExecutionSuspended(maybe(this::text));
      case "ExecutionResumed" -> new ExecutionResumed(maybe(this::text));
      case "ExecutionRewound" -> new ExecutionRewound(maybe(this::text));
      case "" -> new Unknown("Novel", unknown());
      default -> throw new AssertionError("No sample of " + name);
    };
  }

  private String unknown() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("EventType", 99);
    body.put("Text", text());
    body.put("None", null);
    body.put("Deep", List.of(Map.of("x", 1), 2.5, true));
    body.put("When", "2026-05-01T12:00:00.123Z");
    body.put("When@odata.type", "Edm.DateTime");
    return Json.write(g -> Json.value(g, body));
  }

  Message message(int kind) {
    HistoryEvent e = event(kind);
    HistoryEvent carried = new HistoryEvent(e.eventId(), e.timestamp(), id(), e.body());
    return new Message(address(), maybe(this::address), carried);
  }

  private Address address() {
    return new Address(instance(), maybe(this::execution));
  }

  InstanceState state(InstanceId id) {
    Start start =
        new Start(
            text(),
            text(),
            maybe(this::payload),
            tags(),
            maybe(this::parent),
            time(),
            maybe(this::time),
            random.nextInt(3));
    Progress progress =
        new Progress(
            status(),
            time(),
            maybe(this::time),
            maybe(this::payload),
            maybe(this::failure),
            maybe(() -> random.nextBoolean() ? new Payload("null") : payload()),
            random.nextBoolean() ? List.of() : List.of("a", "B"),
            maybe(() -> new Parked(text(), time())));
    return new InstanceState(
        id, execution(), start, progress, random.nextBoolean() ? List.of() : List.of(id(), id()));
  }
}
