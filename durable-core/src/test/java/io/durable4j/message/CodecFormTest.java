package io.durable4j.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The very bytes of the codec: what is stored today must be what is read tomorrow. */
class CodecFormTest {
  private static final Instant AT = Instant.parse("2030-01-02T03:04:05.123456789Z");

  @Test
  void everyEventIsWrittenAsItAlwaysWas() throws IOException {
    List<String> lines = new ArrayList<>();
    CodecTest.bodies()
        .map(body -> new HistoryEvent(7, AT, MessageId.derived("m"), body))
        .forEach(e -> lines.add(new String(Codec.encode(e), UTF_8)));
    try (InputStream stored = CodecFormTest.class.getResourceAsStream("events.jsonl")) {
      assertThat(String.join("\n", lines) + "\n")
          .isEqualTo(new String(stored.readAllBytes(), UTF_8));
    }
  }

  @Test
  void oneEncoderWritesWhatManyDo() {
    HistoryEvent large =
        HistoryEvent.of(AT, null, new EventBody.EventRaised("e", new Payload("ü".repeat(40_000))));
    List<HistoryEvent> events = new ArrayList<>();
    CodecTest.bodies().forEach(body -> events.add(HistoryEvent.of(AT, null, body)));
    events.add(large);
    events.add(HistoryEvent.of(AT.plusNanos(1), null, new EventBody.OrchestratorStarted()));
    try (Encoder encoder = new Encoder()) {
      List<byte[]> together = encoder.encode(events);
      for (int i = 0; i < events.size(); i++) {
        assertThat(together.get(i)).isEqualTo(Codec.encode(events.get(i)));
        assertThat(Codec.event(together.get(i))).isEqualTo(events.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z",
        "2024-02-29T23:59:59.000001Z",
        "1969-12-31T23:59:59.010Z"
      })
  void timesAreWrittenAsTheyPrintThemselves(String text) {
    assertThat(written(Instant.parse(text))).isEqualTo(text);
    assertThat(TimeText.parse(text)).isEqualTo(Instant.parse(text));
  }

  @Test
  void anyTimeAndIdIsWrittenAsItPrintsItself() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      int nano = random.nextInt(1_000) * (i % 3 == 0 ? 1_000_000 : i % 3 == 1 ? 1_000 : 1);
      Instant time = Instant.ofEpochSecond((long) (random.nextGaussian() * 1e11), nano);
      assertThat(written(time)).isEqualTo(time.toString());
      assertThat(TimeText.parse(time.toString())).isEqualTo(time);
      MessageId id = new MessageId(new UUID(random.nextLong(), random.nextLong()));
      HistoryEvent e = HistoryEvent.of(AT, id, new EventBody.OrchestratorStarted());
      assertThat(new String(Codec.encode(e), UTF_8)).contains("\"" + id + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2030-01-02T03:04:05+01:00",
        "2030-01-02T24:00:00Z",
        "2030-01-02T03:04:05.1Z",
        "2030-01-02T03:04:05.Z",
        "2030-01-02T23:59:60Z"
      })
  void timesOfOtherWritersAreReadAsEver(String text) {
    assertThat(TimeText.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2030-02-30T00:00:00Z",
        "2030-13-01T00:00:00Z",
        "2030-01-01T00:60:00Z",
        "2030-01-01T00:00:00.1234567890Z",
        "2030-01-01T00:00:0:Z",
        "2030-01-01T00:00:00"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> TimeText.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void aRecordThatEndsTooEarlyIsDamage() {
    byte[] whole =
        Codec.encode(HistoryEvent.of(AT, null, new EventBody.EventRaised("e", new Payload("1"))));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Codec.event(cut)).isInstanceOf(DurableException.class);
    }
  }

  private static String written(Instant time) {
    String json =
        new String(
            Codec.encode(HistoryEvent.of(time, null, new EventBody.OrchestratorStarted())), UTF_8);
    return json.substring(json.indexOf("\"at\":\"") + 6, json.length() - 2);
  }
}
