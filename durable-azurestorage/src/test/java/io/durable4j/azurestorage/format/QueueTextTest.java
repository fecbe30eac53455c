package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.format.QueueText.Encoding;
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
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTextTest {
  private static final UnaryOperator<String> NO_BLOBS =
      name -> {
        throw new AssertionError("No blob is wanted, but " + name);
      };
  private static final String DICTIONARY =
      "\"$type\":\"System.Collections.Generic.Dictionary`2[[System.String,"
          + " System.Private.CoreLib],[System.String, System.Private.CoreLib]]\"";
  private static final Address SELF = new Address(Samples.ORDER, Samples.EXECUTION);
  private static final Address CURRENT = new Address(Samples.ORDER, null);

  static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    try (InputStream in = QueueTextTest.class.getResourceAsStream("examples.tsv")) {
      new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .forEach(
              l -> examples.put(l.substring(0, l.indexOf('\t')), l.substring(l.indexOf('\t') + 1)));
    }
    return examples;
  }

  private static Envelope envelope(
      Address to, @Nullable Address from, int id, EventBody body, @Nullable Integer episode) {
    HistoryEvent event = new HistoryEvent(id, Samples.AT, Samples.ID, body);
    return new Envelope(Samples.ACTIVITY, new Message(to, from, event), 1, episode);
  }

  private static Envelope raised(Address to, @Nullable Address from, String input) {
    return envelope(to, from, -1, new EventRaised("e", new Payload(input)), null);
  }

  /** What each worked example says. */
  static Stream<Envelope> saying() {
    return Stream.of(
        envelope(
            SELF,
            null,
            -1,
            new ExecutionStarted(
                Samples.ORDER,
                Samples.EXECUTION,
                "Hello",
                "",
                new Payload("\"hi\""),
                Map.of(),
                null,
                null,
                0),
            null),
        envelope(
            SELF,
            SELF,
            0,
            new TaskScheduled("SayHello", "", new Payload("[\"x\"]"), Map.of(), null, 0, false),
            1),
        envelope(SELF, SELF, -1, new TaskCompleted(0, null, new Payload("\"Hello\"")), 1),
        envelope(SELF, SELF, -1, new TimerFired(1, Instant.parse("2026-05-01T12:10:00Z")), 1),
        envelope(CURRENT, null, -1, new EventRaised("approval", new Payload("true")), null),
        envelope(
            SELF,
            SELF,
            -1,
            new TaskFailed(
                0,
                null,
                new FailureDetails("System.Exception", "boom", "  at X", null, false, Map.of())),
            1));
  }

  @ParameterizedTest
  @MethodSource("saying")
  void theWorkedExamplesAreWrittenByteByByte(Envelope e) throws IOException {
    String example = example(e);
    String added = ",\"Durable4jMessageId\":\"" + Samples.ID + "\"}";
    QueueText written = QueueText.of(e, Encoding.UTF8);
    assertThat(written.text())
        .isEqualTo(example.substring(0, example.length() - 1).replace(DICTIONARY, "") + added);
    assertThat(written.blob()).isNull();
  }

  @ParameterizedTest
  @MethodSource("saying")
  void theWorkedExamplesAreReadAndGetAnIdentity(Envelope e) throws IOException {
    MessageId derived = MessageId.derived("azure-queue", "q1");
    HistoryEvent said = e.message().event();
    Message expected =
        new Message(
            e.message().to(),
            e.message().from(),
            new HistoryEvent(said.eventId(), said.timestamp(), derived, said.body()));
    assertThat(QueueText.read(example(e), "q1", NO_BLOBS))
        .isEqualTo(new Envelope(e.activityId(), expected, e.sequence(), e.episode()));
  }

  private static String example(Envelope e) throws IOException {
    return Objects.requireNonNull(examples().get(e.message().event().body().kind()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyMessageComesBack(long seed) {
    Samples samples = new Samples(seed);
    for (int kind = 0; kind < Samples.kinds(); kind++) {
      Message message = samples.message(kind);
      for (Encoding encoding : Encoding.values()) {
        Envelope e = new Envelope(Samples.ACTIVITY, message, seed, kind % 3 == 0 ? null : kind);
        QueueText written = QueueText.of(e, encoding);
        assertThat(QueueText.read(written.text(), "q", blobs(written))).isEqualTo(e);
        assertThat(written.text().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(65_536);
        assertThat(written.text())
            .matches(
                t -> t.chars().noneMatch(c -> c < ' ' || (c >= 0x7F && c < 0xA0) || c >= 0xFFFE));
      }
    }
  }

  static Stream<Long> seeds() {
    return Samples.seeds(40);
  }

  private static UnaryOperator<String> blobs(QueueText written) {
    return name -> {
      LargeText blob = Objects.requireNonNull(written.blob());
      assertThat(blob.blob()).isEqualTo(name);
      return blob.text();
    };
  }

  @Test
  void unpairedSurrogatesStandAsEscapes() {
    Envelope e = envelope(SELF, null, -1, new ExecutionSuspended("a\uD800b\uDC00"), null);
    QueueText written = QueueText.of(e, Encoding.UTF8);
    assertThat(written.text()).contains("a\\ud800b\\udc00");
    assertThat(read(written.text())).isEqualTo(new ExecutionSuspended("a\uD800b\uDC00"));
  }

  private static EventBody read(String text) {
    return QueueText.read(text, "q", NO_BLOBS).message().event().body();
  }

  @Test
  void aLargeMessageStandsInABlob() throws IOException {
    String wrapper = Objects.requireNonNull(examples().get("Wrapper"));
    Envelope e = raised(CURRENT, null, "x".repeat(46_080));
    QueueText written = QueueText.of(e, Encoding.UTF8);
    String name = "order-42/message-7c9e6679742540de944be07fc1f90ae7-EventRaised.json.gz";
    assertThat(written.text())
        .isEqualTo(wrapper.replaceFirst("order-42/[^\"]*", name))
        .contains("\"ActivityId\":\"00000000-0000-0000-0000-000000000000\"");
    LargeText blob = Objects.requireNonNull(written.blob());
    assertThat(blob.blob()).isEqualTo(name);
    assertThat(blob.text()).contains("\"CompressedBlobName\":null");
    assertThat(QueueText.blobOf(written.text(), "q")).isEqualTo(name);
    assertThat(QueueText.blobOf(blob.text(), "q")).isNull();
    assertThat(QueueText.read(written.text(), "q", blobs(written))).isEqualTo(e);
  }

  @Test
  void theLimitIsCountedInBytes() {
    int rest = QueueText.of(raised(CURRENT, null, ""), Encoding.UTF8).text().length();
    String most = "x".repeat(46_080 - rest);
    assertThat(QueueText.of(raised(CURRENT, null, most), Encoding.UTF8).blob()).isNull();
    assertThat(QueueText.of(raised(CURRENT, null, most + "x"), Encoding.BASE64).blob()).isNotNull();
  }

  @Test
  void whatGrowsInXmlBeyondTheServicesLimitStandsInABlob() {
    assertThat(QueueText.of(raised(CURRENT, null, "&".repeat(20_000)), Encoding.UTF8).blob())
        .isNotNull();
  }

  @Test
  @Covers({"AZ-30", "AZ-31"})
  void queuesAndTablesHaveDifferentLimits() {
    Payload wide = new Payload("\u20ac".repeat(25_000));
    assertThat(QueueText.of(raised(CURRENT, null, wide.text()), Encoding.UTF8).blob()).isNotNull();
    assertThat(InstanceRows.isLarge(wide)).isFalse();
    Payload plain = new Payload("x".repeat(32_000));
    assertThat(QueueText.of(raised(CURRENT, null, plain.text()), Encoding.UTF8).blob()).isNull();
    assertThat(InstanceRows.isLarge(plain)).isTrue();
  }

  @Test
  void aClientIsNobodyAndNeverNull() {
    String text = QueueText.of(raised(CURRENT, null, "1"), Encoding.UTF8).text();
    assertThat(text).contains("\"Sender\":{\"InstanceId\":\"\",\"ExecutionId\":\"\"}");
  }

  @ParameterizedTest
  @MethodSource("ofWhicheverExecution")
  void whatIsForTheCurrentExecutionNamesNone(InstanceId to, EventBody body) {
    Envelope e = envelope(new Address(to, Samples.EXECUTION), SELF, -1, body, null);
    String text = QueueText.of(e, Encoding.UTF8).text();
    assertThat(text)
        .contains("\"InstanceId\":\"" + to + "\",\"ExecutionId\":null},\"OrchestrationExecution");
    assertThat(QueueText.read(text, "q", NO_BLOBS)).isEqualTo(e);
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> ofWhicheverExecution() {
    return Stream.of(
            Map.entry(Samples.ORDER, new ExecutionTerminated("r", true)),
            Map.entry(Samples.ORDER, new ExecutionSuspended("r")),
            Map.entry(Samples.ORDER, new ExecutionResumed("r")),
            Map.entry(Samples.ORDER, new ExecutionRewound("r")),
            Map.entry(new InstanceId("@a@b"), new EventRaised("op", new Payload("{}"))))
        .map(e -> org.junit.jupiter.params.provider.Arguments.of(e.getKey(), e.getValue()));
  }

  @Test
  void aChildsStartHasAContext() {
    ParentLink parent = new ParentLink(Samples.ORDER, Samples.EXECUTION, "P", 3, Samples.ID, null);
    EventBody start =
        new ExecutionStarted(
            new InstanceId("c"),
            new ExecutionId("1"),
            "C",
            "",
            null,
            Map.of("k", "v"),
            parent,
            null,
            0);
    Address child = new Address(new InstanceId("c"), new ExecutionId("1"));
    String text = QueueText.of(envelope(child, SELF, -1, start, 2), Encoding.UTF8).text();
    assertThat(text)
        .contains(
            "\"ParentInstance\":{\"$type\":\"DurableTask.Core.ParentInstance\",\"Name\":\"P\","
                + "\"OrchestrationInstance\":{\"$type\":\"DurableTask.Core.OrchestrationInstance\","
                + "\"InstanceId\":\"order-42\",\"ExecutionId\":\""
                + Samples.EXECUTION
                + "\"},\"TaskScheduleId\":3,\"Version\":\"\",\"Durable4jRequest\":\""
                + Samples.ID
                + "\"}")
        .contains("\"Tags\":{\"k\":\"v\"}")
        .contains("\"OrchestrationTags\":{}");
  }

  @Test
  void bothFormsAreRead() {
    Envelope e = raised(CURRENT, SELF, "\"größe\"");
    String base64 = QueueText.of(e, Encoding.BASE64).text();
    assertThat(base64).doesNotStartWith("{");
    assertThat(new String(Base64.getDecoder().decode(base64), UTF_8))
        .isEqualTo(QueueText.of(e, Encoding.UTF8).text());
    assertThat(QueueText.read(base64, "q", NO_BLOBS)).isEqualTo(e);
  }

  @Test
  @Covers("AZ-07")
  void typesOfDictionariesNameNoClass() throws IOException {
    String example = Objects.requireNonNull(examples().get("TaskScheduled"));
    for (String runtime : new String[] {"System.Private.CoreLib", "mscorlib", "No.Such.Library"}) {
      String tags =
          "\"Tags\":{" + DICTIONARY.replace("System.Private.CoreLib", runtime) + ",\"k\":\"v\"}";
      EventBody body = read(example.replace("\"Tags\":null", tags));
      assertThat(((TaskScheduled) body).tags()).isEqualTo(Map.of("k", "v"));
    }
  }

  @Test
  void membersInAnyOrderUnknownOnesAndAssembliesAreRead() {
    String text =
        "{\"Sender\":null,\"New\":{\"a\":[1]},\"TaskMessage\":{\"OrchestrationInstance\":"
            + "{\"ExecutionId\":null,\"InstanceId\":\"order-42\"},\"Event\":{\"Novel\":1,"
            + "\"Timestamp\":\"2026-05-01T14:00:00.1234567+02:00\",\"EventId\":-1,\"Input\":\"1\","
            + "\"Name\":\"e\",\"$type\":\"DurableTask.Core.History.EventRaisedEvent,"
            + " DurableTask.Core\"}}}";
    HistoryEvent event = QueueText.read(text, "q", NO_BLOBS).message().event();
    assertThat(event.body()).isEqualTo(new EventRaised("e", new Payload("1")));
    assertThat(event.timestamp()).isEqualTo(Samples.AT);
    String untyped = text.replaceFirst("\"\\$type\":\"[^\"]*\"", "\"EventType\":15");
    assertThat(read(untyped)).isEqualTo(event.body());
  }

  @Test
  void aFailureOfOldersHasAReasonOnly() throws IOException {
    String example = Objects.requireNonNull(examples().get("TaskFailed"));
    String older = example.replaceFirst("\"FailureDetails\":\\{[^}]*}", "\"FailureDetails\":null");
    assertThat(read(older))
        .isEqualTo(new TaskFailed(0, null, FailureDetails.of("Unknown", "boom", false)));
  }

  @Test
  void aKindThatIsNotKnownIsKept() {
    String text =
        "{\"TaskMessage\":{\"Event\":{\"$type\":\"DurableTask.Core.History.NovelEvent\","
            + "\"EventType\":77,\"Deep\":{\"$type\":\"T\",\"x\":[1,null]},\"EventId\":-1,"
            + "\"IsPlayed\":false,\"Timestamp\":\"0001-01-01T00:00:00\"},"
            + "\"OrchestrationInstance\":{\"InstanceId\":\"order-42\"}}}";
    assertThat(read(text))
        .isEqualTo(
            new Unknown("Novel", "{\"EventType\":77,\"Deep\":{\"$type\":\"T\",\"x\":[1,null]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"TaskMessage\":{}}",
        "{} x",
        "{\"TaskMessage\":{\"OrchestrationInstance\":{\"InstanceId\":\"a\"},\"Event\":{}}}",
        "{\"TaskMessage\":{\"OrchestrationInstance\":{\"InstanceId\":\"a\"},\"Event\":"
            + "{\"EventType\":11,\"FireAt\":\"soon\"}}}",
        "{\"TaskMessage\":{\"OrchestrationInstance\":{\"InstanceId\":\"\"},\"Event\":{}}}",
        "no base 64!",
        "bm8=",
        "",
      })
  void damageIsToldWithTheMessage(String text) {
    assertThatThrownBy(() -> QueueText.read(text, "q7", NO_BLOBS))
        .isInstanceOf(DurableException.class)
        .hasMessageStartingWith("Damaged message q7 in a queue: ");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T12:00:00Z, 2026-05-01T12:00:00Z",
    "2026-05-01T12:00:00.1Z, 2026-05-01T12:00:00.1Z",
    "2026-05-01T12:00:00.123456789Z, 2026-05-01T12:00:00.1234567Z",
    "2026-05-01T12:00:00.000000099Z, 2026-05-01T12:00:00Z",
    "+10000-01-01T00:00:00Z, 9999-12-31T23:59:59.9999999Z",
    "0000-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
  })
  void timesAreTrimmed(Instant time, String text) {
    assertThat(Times.text(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-01T12:00:00, 2026-05-01T12:00:00Z",
    "2026-05-01T12:00:00.5-02:30, 2026-05-01T14:30:00.5Z",
    "2026-05-01T12:00:00+00:00, 2026-05-01T12:00:00Z",
    "0001-01-01T00:00:00, ",
    "0001-01-01T00:00:00Z, ",
  })
  @Covers("AZ-16")
  void timesHaveAnOffsetOrNone(String text, @Nullable Instant time) {
    assertThat(Times.parse(text)).isEqualTo(time);
  }
}
