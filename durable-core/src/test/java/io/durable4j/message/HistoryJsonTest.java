package io.durable4j.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.history.RecordedHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories as text: nothing is lost, the text is always the same, and other text is refused. */
class HistoryJsonTest {
  private static final Instant AT = Instant.parse("2030-01-02T03:04:05.123456789Z");
  private static final ExecutionStarted START =
      new ExecutionStarted(
          new InstanceId("order 'ü'/\\😀"),
          new ExecutionId("e1"),
          "Order",
          "1.2",
          new Payload("{\"sku\":\"a\"}"),
          Map.of("k", "v"),
          null,
          null,
          0);

  private static RecordedHistory history(EventBody... more) {
    List<HistoryEvent> events = new ArrayList<>();
    events.add(HistoryEvent.of(AT, null, new OrchestratorStarted()));
    events.add(HistoryEvent.of(AT, MessageId.derived("start"), START));
    for (EventBody body : more) {
      events.add(new HistoryEvent(body.isAction() ? 7 : -1, AT, MessageId.derived("m"), body));
    }
    return RecordedHistory.of(START, events, Duration.ofDays(6));
  }

  private static String line(@Nullable Payload payload) {
    String text = HistoryJson.write(history(new EventRaised("N", payload)));
    return text.lines().filter(l -> l.contains("EventRaised")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("io.durable4j.message.CodecTest#bodies")
  void everyEventComesBack(EventBody body) {
    RecordedHistory before = history(body);
    String text = HistoryJson.write(before);
    assertThat(HistoryJson.read(text)).isEqualTo(before);
    assertThat(HistoryJson.write(HistoryJson.read(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "17",
        "1.0",
        "1.00",
        "1e3",
        "-0",
        "123456789012345678901234567890.12345678901234567890",
        "\"a text\"",
        "\"{\\\"looks\\\":\\\"like JSON\\\"}\"",
        "{\"b\":1,\"a\":[{},[],null]}",
        "{\"twice\":1,\"twice\":2}",
        "{ \"spaced\" : 1 }",
        "[1,\n2]",
        "\"\\u0041 escaped \\/\"",
        "\"\u2028 ü 😀\"",
        "",
        " ",
        "a text that is no JSON",
        "{\"broken\":",
        "1 2",
        "{} trailing",
        "<order id=\"1\"/>",
        "\u0000\u0001"
      })
  void everyPayloadComesBackAsItWas(String text) {
    RecordedHistory before = history(new EventRaised("N", new Payload(text)));
    String json = HistoryJson.write(before);
    assertThat(HistoryJson.read(json)).isEqualTo(before);
    assertThat(json.lines()).as("an event a line").hasSize(9 + 3 + 2);
  }

  @Test
  void payloadsStandThereAsJsonOrElseAsText() {
    assertThat(line(new Payload("{\"sku\":\"a\"}"))).contains("\"input\":{\"sku\":\"a\"}");
    assertThat(line(new Payload("\"a\""))).contains("\"input\":\"a\"");
    assertThat(line(new Payload("null"))).contains("\"input\":null");
    assertThat(line(new Payload("a"))).contains("\"inputText\":\"a\"");
    assertThat(line(new Payload("[1, 2]"))).contains("\"inputText\":\"[1, 2]\"");
    assertThat(line(null)).doesNotContain("input");
  }

  @Test
  void itReadsWellAndIsAlwaysTheSame() {
    assertThat(HistoryJson.write(history(new EventRaised("approval", new Payload("\"Ann\"")))))
        .isEqualTo(
            """
            {
              "format": 1,
              "orchestrator": "Order",
              "version": "1.2",
              "instance": "order 'ü'/\\\\😀",
              "execution": "e1",
              "status": "RUNNING",
              "longestTimer": "PT144H",
              "events": [
                {"kind":"OrchestratorStarted","at":"2030-01-02T03:04:05.123456789Z"},
                {"kind":"ExecutionStarted","at":"2030-01-02T03:04:05.123456789Z","message":"%s",\
            "instance":"order 'ü'/\\\\😀","execution":"e1","name":"Order","version":"1.2",\
            "input":{"sku":"a"},"tags":{"k":"v"}},
                {"kind":"EventRaised","at":"2030-01-02T03:04:05.123456789Z","message":"%s",\
            "name":"approval","input":"Ann"}
              ]
            }
            """
                .formatted(MessageId.derived("start"), MessageId.derived("m")));
  }

  @Test
  void spacesOfAnEditorDoNoHarm() {
    RecordedHistory before = history(new EventRaised("N", new Payload("{\"a\":[1,1.50]}")));
    String edited = HistoryJson.write(before).replace(",", " ,\n\t").replace(":{", " : {\n");
    assertThat(HistoryJson.read(edited)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | This is no history",
        "[] | This is no history",
        "{} | This is no history",
        "{\"format\": \"1\"} | This is no history",
        "{\"format\": 2, \"events\": [{\"kind\": \"New\"}]} | format 2, and this version reads",
        "{\"format\": 1, \"events\": [}  | no JSON (line 1, column 2",
        "{\"format\": 1} {} | Something follows the history (line 1, column 15)",
        "{\"format\": 1, \"events\": [7]} | no event (line 1, column 26)",
        "{\"format\": 1, \"events\": [{\"at\": \"2030-01-01T00:00:00Z\"}]} | member 'kind' is missing",
        "{\"format\": 1, \"events\": []} | does not begin with the start"
      })
  void whatIsNoHistoryIsRefused(String text, String why) {
    assertThatThrownBy(() -> HistoryJson.read(text))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void brokenJsonIsRefusedWithItsLine() {
    String text = HistoryJson.write(history()).replace("\"kind\":\"Exec", "kind:\"Exec");
    assertThatThrownBy(() -> HistoryJson.read(text))
        .hasMessageContaining("no JSON (line 11, column 6)");
  }

  @Test
  void anUnknownEventIsRefusedWithItsLine() {
    String text = HistoryJson.write(history(new Unknown("NewKind", "{\"x\":1}")));
    assertThatThrownBy(() -> HistoryJson.read(text))
        .hasMessageContaining("(line 12, column 5) is of the kind 'NewKind'");
  }

  @Test
  void aHistoryWithoutItsBeginningIsRefused() {
    String text = HistoryJson.write(history(new EventBody.TimerCreated(AT)));
    String cut =
        text.lines().filter(l -> !l.contains("\"ExecutionStarted\"")).reduce("", String::concat);
    assertThatThrownBy(() -> HistoryJson.read(cut))
        .hasMessageContaining("does not begin with the start of an execution");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "version", "instance", "execution", "status"})
  void whatSaysSomethingElseOfItselfIsRefused(String member) {
    String text = HistoryJson.write(history());
    String edited = text.replaceFirst("(\n  \"" + member + "\": )\"", "$1\"x");
    assertThat(edited).isNotEqualTo(text);
    assertThatThrownBy(() -> HistoryJson.read(edited))
        .hasMessageContaining("its " + member + " is 'x")
        .hasMessageContaining("its events say");
  }

  @Test
  void theStatusIsWhatTheEventsSay() {
    assertThat(history().status()).isEqualTo(OrchestrationStatus.RUNNING);
    assertThat(history(new EventBody.ExecutionSuspended("r")).status())
        .isEqualTo(OrchestrationStatus.SUSPENDED);
    assertThat(
            history(new EventBody.ExecutionSuspended("r"), new EventBody.ExecutionResumed("r"))
                .status())
        .isEqualTo(OrchestrationStatus.RUNNING);
    assertThat(
            history(
                    new EventBody.ExecutionCompleted(
                        OrchestrationStatus.COMPLETED, new Payload("1"), null))
                .status())
        .isEqualTo(OrchestrationStatus.COMPLETED);
  }
}
