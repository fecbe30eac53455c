package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.format.InstanceRows.Refs;
import io.durable4j.azurestorage.format.QueueText.Encoding;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Parked;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceRowsTest {
  private static final BlobUrls URLS = new BlobUrls("https://a/hub-largemessages");
  private static final Instant END = Samples.AT.plusSeconds(9);
  private static final ParentLink PARENT =
      new ParentLink(new InstanceId("p"), Samples.EXECUTION, "P", 3, Samples.ID, null);
  private static final FailureDetails FAILURE =
      new FailureDetails("System.Exception", "boom: big", "at", null, true, Map.of());

  private final Map<String, String> blobs = new HashMap<>();
  private final InstanceReading reading =
      new InstanceReading(URLS, name -> Objects.requireNonNull(blobs.get(name), name));

  private static InstanceState state(Progress progress, @Nullable Payload input) {
    Start start = new Start("N", "1", input, Map.of("k", "v"), PARENT, Samples.AT, END, 2);
    return new InstanceState(
        Samples.ORDER, Samples.EXECUTION, start, progress, List.of(Samples.ID));
  }

  private static Progress progress(
      OrchestrationStatus status, @Nullable Payload output, @Nullable FailureDetails failure) {
    Instant end = status.isTerminal() ? END : null;
    Parked parked = status.isTerminal() ? null : new Parked("why", Samples.AT);
    return new Progress(
        status, END, end, output, failure, new Payload("\"half\""), List.of("e"), parked);
  }

  private Row write(InstanceState s, Refs refs) {
    Written written = InstanceRows.write(s, "Hub", refs, Samples.unique());
    written.blobs().forEach(b -> blobs.put(b.blob(), b.text()));
    return written.row();
  }

  private Row write(InstanceState s) {
    return write(
        s, new Refs(ref(s.start().input(), "Input"), ref(s.progress().output(), "Output")));
  }

  private @Nullable String ref(@Nullable Payload payload, String name) {
    if (!InstanceRows.isLarge(payload)) {
      return null;
    }
    String blob = "order-42/history-1-" + name + ".json.gz";
    blobs.put(blob, Objects.requireNonNull(payload).text());
    return URLS.of(blob);
  }

  private static Row columns(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return new Row("order-42", "", map);
  }

  @Test
  void aStateHasTheFamilysColumns() {
    InstanceState s =
        state(progress(OrchestrationStatus.COMPLETED, new Payload("7"), null), new Payload("[1]"));
    Map<String, Object> all = new LinkedHashMap<>(write(s).columns());
    assertThat(all.keySet().removeIf(name -> name.startsWith(Extras.PREFIX))).isTrue();
    assertThat(all)
        .isEqualTo(
            columns(
                    "Name",
                    "N",
                    "Version",
                    "1",
                    "ExecutionId",
                    Samples.EXECUTION.value(),
                    "Input",
                    "[1]",
                    "Output",
                    "7",
                    "CustomStatus",
                    "\"half\"",
                    "RuntimeStatus",
                    "Completed",
                    "CreatedTime",
                    Samples.AT,
                    "LastUpdatedTime",
                    END,
                    "CompletedTime",
                    END,
                    "ScheduledStartTime",
                    END,
                    "Generation",
                    2,
                    "Tags",
                    "{\"k\":\"v\"}",
                    "TaskHubName",
                    "Hub")
                .columns());
    assertThat(write(s))
        .returns("order-42", Row::partitionKey)
        .returns("", Row::rowKey)
        .returns("p", r -> r.text("Durable4jParent"))
        .returns(false, r -> r.flag("Durable4jParked"));
  }

  @Test
  void aFailureIsAnOutputForOthersAndWhatIsNotThereATextOrNothing() {
    Progress failed = progress(OrchestrationStatus.FAILED, null, FAILURE);
    assertThat(write(state(failed, null)).columns())
        .containsEntry("Output", "System.Exception: boom: big")
        .doesNotContainKey("Input");
    Progress bare = Progress.of(OrchestrationStatus.PENDING, END);
    assertThat(write(state(bare, null)).columns())
        .containsEntry("CustomStatus", "null")
        .doesNotContainKeys("Output", "CompletedTime");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyStateComesBackAlsoMergedOverAnother(long seed) {
    Samples samples = new Samples(seed);
    InstanceId id = samples.instance();
    Row former = write(samples.state(id));
    blobs.clear();
    InstanceState s = samples.state(id);
    Row row = write(s);
    assertThat(reading.read(row)).isEqualTo(s);
    assertThat(reading.read(former.merge(row))).isEqualTo(s);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyStateComesBackFromASentinelsText(long seed) {
    Samples samples = new Samples(seed);
    InstanceState s = samples.state(Samples.ORDER);
    String text = StateText.withoutPayloads(s);
    assertThat(StateText.read(text, s.start().input(), s.progress().output())).isEqualTo(s);
    InstanceState others =
        StateText.read(text, new Payload("other input"), new Payload("other output"));
    assertThat(others.start().input() == null).isEqualTo(s.start().input() == null);
    assertThat(others.progress().output() == null).isEqualTo(s.progress().output() == null);
  }

  static Stream<Long> seeds() {
    return Samples.seeds(300);
  }

  @Test
  void aMergeClearsNothingForOthers() {
    Row ended = write(state(progress(OrchestrationStatus.COMPLETED, new Payload("7"), null), null));
    Row merged = ended.merge(write(state(Progress.of(OrchestrationStatus.RUNNING, END), null)));
    assertThat(merged.columns())
        .containsEntry("Output", "7")
        .containsEntry("CompletedTime", END)
        .containsEntry("RuntimeStatus", "Running");
    assertThat(reading.read(merged).progress())
        .isEqualTo(Progress.of(OrchestrationStatus.RUNNING, END));
  }

  @Test
  void aRowOfAnotherEngineIsRead() {
    Row row =
        columns(
            "Name",
            "Hello",
            "Version",
            "",
            "ExecutionId",
            "e1",
            "Input",
            "\"hi\"",
            "Output",
            "System.Exception: boom: big",
            "CustomStatus",
            "null",
            "RuntimeStatus",
            "Failed",
            "CreatedTime",
            Samples.AT,
            "LastUpdatedTime",
            END,
            "CompletedTime",
            END,
            "Tags",
            "{\"k\":\"v\"}",
            "TaskHubName",
            "Hub");
    InstanceState s = reading.read(row);
    assertThat(s.start())
        .isEqualTo(
            new Start(
                "Hello", "", new Payload("\"hi\""), Map.of("k", "v"), null, Samples.AT, null, 0));
    FailureDetails failure = FailureDetails.of("System.Exception", "boom: big", false);
    assertThat(s.progress())
        .isEqualTo(
            new Progress(
                OrchestrationStatus.FAILED, END, END, null, failure, null, List.of(), null));
  }

  @Test
  void whatAnotherEngineWroteSinceCounts() {
    InstanceState s = state(progress(OrchestrationStatus.RUNNING, null, null), new Payload("[1]"));
    Instant later = END.plusSeconds(5);
    Row sameExecution =
        columns("RuntimeStatus", "Completed", "LastUpdatedTime", later, "Output", "9");
    InstanceState ended = reading.read(write(s).merge(sameExecution));
    assertThat(ended.start()).isEqualTo(s.start());
    assertThat(ended.consumed()).isEqualTo(s.consumed());
    assertThat(ended.progress())
        .isEqualTo(
            new Progress(
                OrchestrationStatus.COMPLETED,
                later,
                null,
                new Payload("9"),
                null,
                new Payload("\"half\""),
                List.of(),
                null));
    Row next = columns("ExecutionId", "e2", "Name", "Other", "Input", "[2]");
    InstanceState replaced = reading.read(write(s).merge(sameExecution).merge(next));
    assertThat(replaced.name()).isEqualTo("Other");
    assertThat(replaced.start().parent()).isNull();
    assertThat(replaced.start().input()).isEqualTo(new Payload("[2]"));
  }

  @Test
  void whatAFormerExecutionLeftIsNoEndOfOneThatLives() {
    Row ended = write(state(progress(OrchestrationStatus.COMPLETED, new Payload("7"), null), null));
    Row next = columns("ExecutionId", "e2", "RuntimeStatus", "Running", "CustomStatus", "null");
    assertThat(reading.read(ended.merge(next)).progress())
        .isEqualTo(Progress.of(OrchestrationStatus.RUNNING, END));
  }

  @Test
  void toolsMayChangeTheCustomStatus() {
    Row row = write(state(progress(OrchestrationStatus.RUNNING, null, null), null));
    assertThat(custom(row.merge(columns("CustomStatus", "\"new\""))))
        .isEqualTo(new Payload("\"new\""));
    Map<String, Object> less = new LinkedHashMap<>(row.columns());
    less.remove("CustomStatus");
    assertThat(custom(new Row("order-42", "", less))).isNull();
    Row none = write(state(Progress.of(OrchestrationStatus.RUNNING, END), null));
    assertThat(custom(none)).isNull();
    assertThat(custom(none.merge(columns("CustomStatus", "1")))).isEqualTo(new Payload("1"));
  }

  private @Nullable Payload custom(Row row) {
    return reading.read(row).progress().customStatus();
  }

  @Test
  void aLargeInputMayStandInTheMessageThatStartedTheInstance() {
    Payload input = new Payload("x".repeat(50_000));
    InstanceState s = state(Progress.of(OrchestrationStatus.PENDING, END), input);
    ExecutionStarted body =
        new ExecutionStarted(s.id(), s.execution(), "N", "1", input, Map.of(), null, null, 0);
    Message start =
        new Message(
            new Address(s.id(), s.execution()), null, HistoryEvent.of(END, Samples.ID, body));
    QueueText text = QueueText.of(new Envelope(Samples.ACTIVITY, start, 1, null), Encoding.UTF8);
    LargeText blob = Objects.requireNonNull(text.blob());
    blobs.put(blob.blob(), blob.text());
    String url = URLS.of(blob.blob());
    assertThat(url).endsWith("-ExecutionStarted.json.gz");
    assertThat(reading.read(write(s, new Refs(url, null)))).isEqualTo(s);
    Row others = columns("ExecutionId", "e", "RuntimeStatus", "Pending", "Input", url);
    assertThat(reading.read(others).start().input()).isEqualTo(input);
  }

  @ParameterizedTest
  @Covers("AZ-34")
  @ValueSource(
      strings = {
        "https://a/hub-largemessages/order-42/x.json.gz",
        "\"https://a/hub-largemessages/order-42/x.json.gz\"",
        "https://elsewhere/x.json.gz",
        "urn:x:y",
      })
  void aPayloadThatIsAnAddressIsNotFetched(String text) {
    Payload payload = new Payload(text);
    InstanceState s = state(progress(OrchestrationStatus.COMPLETED, payload, null), payload);
    assertThat(reading.read(write(s))).isEqualTo(s);
    if (!text.startsWith("https://a/")) {
      Row others =
          columns("ExecutionId", "e", "RuntimeStatus", "Completed", "Input", text, "Output", text);
      assertThat(reading.read(others).start().input()).isEqualTo(payload);
      assertThat(reading.read(others).progress().output()).isEqualTo(payload);
    }
  }

  @Test
  void aLargePayloadWithoutABlobIsABug() {
    InstanceState s =
        state(Progress.of(OrchestrationStatus.PENDING, END), new Payload("x".repeat(30_721)));
    assertThatThrownBy(() -> write(s, Refs.NONE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatNoColumnTakesIsRefused() {
    Progress bare = Progress.of(OrchestrationStatus.RUNNING, END);
    InstanceState s = state(bare, null);
    assertThat(InstanceRows.refusal(s)).isNull();
    Payload most = new Payload("x".repeat(32_768));
    assertThat(InstanceRows.refusal(StateText.with(s, null, null, most))).isNull();
    Payload more = new Payload("x".repeat(32_769));
    assertThat(InstanceRows.refusal(StateText.with(s, null, null, more)))
        .startsWith("The custom status of instance order-42 is larger than 32768 characters");
    Start t = s.start();
    Start tagged = new Start("N", "", null, Map.of("k", more.text()), null, t.createdAt(), null, 0);
    assertThat(
            InstanceRows.refusal(new InstanceState(s.id(), s.execution(), tagged, bare, List.of())))
        .startsWith("What its tags hold");
  }

  @Test
  void damageIsToldWithTheInstance() {
    assertThatThrownBy(() -> reading.read(columns("Durable4jState", "{")))
        .isInstanceOf(DurableException.class)
        .hasMessageStartingWith("Damaged row of instance order-42: ");
  }
}
