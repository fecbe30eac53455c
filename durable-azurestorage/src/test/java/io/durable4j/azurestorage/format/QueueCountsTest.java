package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.format.QueueText.Encoding;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What texts tell of deliveries, and what is kept of messages that were set aside. */
class QueueCountsTest {
  private static final QueueCounts BOTH = new QueueCounts(true, 12);

  private static Envelope envelope(String payload) {
    EventRaised body = new EventRaised("e", new Payload(payload));
    HistoryEvent event = HistoryEvent.of(Samples.AT, Samples.ID, body);
    Address to = new Address(new InstanceId("i"), null);
    return new Envelope(Samples.ACTIVITY, new Message(to, null, event), 5, 3);
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void countsAreReadAsTheyWereWritten(Encoding encoding) {
    for (String payload : new String[] {"{\"a\":\"}\"}", "\"" + "x".repeat(50_000) + "\""}) {
      QueueText text = QueueText.of(envelope(payload), encoding);
      String blob = text.blob() == null ? "" : Objects.requireNonNull(text.blob()).text();
      var plain = QueueText.open(text.text(), "q", name -> blob);
      assertThat(plain.counts()).isEqualTo(QueueCounts.NONE);
      var counted = QueueText.open(BOTH.in(text.text()), "q", name -> blob);
      assertThat(counted.counts()).isEqualTo(BOTH);
      assertThat(counted.envelope()).isEqualTo(plain.envelope()).isEqualTo(envelope(payload));
      assertThat(BOTH.release().in(BOTH.in(text.text()))).isEqualTo(BOTH.release().in(text.text()));
      assertThat(QueueCounts.NONE.in(BOTH.in(text.text()))).isEqualTo(text.text());
    }
  }

  @Test
  void theyStandAtTheEndAndNothingElseChanges() {
    assertThat(BOTH.in("{\"a\":[1.50, {}]}\n"))
        .isEqualTo("{\"a\":[1.50, {}],\"Durable4jClaimed\":true,\"Durable4jReleased\":12}");
    assertThat(new QueueCounts(false, 1).in("{\"a\":{\"b\":\"}\"}}"))
        .isEqualTo("{\"a\":{\"b\":\"}\"},\"Durable4jReleased\":1}");
  }

  @Test
  void attemptsCountTheClaimToo() {
    assertThat(QueueCounts.NONE.attempt(1)).isEqualTo(1);
    assertThat(BOTH.attempt(1)).isEqualTo(2);
    assertThat(QueueCounts.NONE.attempt(0)).isEqualTo(1);
    assertThat(BOTH.attempt(Long.MAX_VALUE - 1)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aMessageThatWasSetAsideIsKeptWithAllThatIsKnown() {
    FailureDetails inner = new FailureDetails("Inner", "", null, null, false, Map.of("a", "b"));
    FailureDetails why = new FailureDetails("T", "m", "s", inner, true, Map.of("times", 4));
    Instant since = Instant.parse("2030-01-01T00:00:00.123456789Z");
    QueueId queue = new QueueId(QueueId.Kind.CONTROL, 3);
    Envelope large = envelope("\"" + "x".repeat(90_000) + "\"");
    QuarantineText kept = QuarantineText.of(large, queue, why, since);
    QuarantineText read = QuarantineText.read(kept.bytes());
    assertThat(read).isEqualTo(kept);
    assertThat(read.envelope()).isEqualTo(large);
    assertThat(read.message()).isEqualTo(large.message());
    assertThat(read.why()).isEqualTo(why);
    assertThat(QuarantineText.blob(read.id())).isEqualTo(Samples.ID + ".json");
  }

  @Test
  void aDamagedTextIsShownAsAnEventOfItsOwnKind() {
    QueueId queue = QueueId.activity(0);
    FailureDetails why = FailureDetails.of("DamagedMessage", "m", true);
    QuarantineText kept = new QuarantineText(Samples.ID, queue, why, Samples.AT, "\"\u0000{", true);
    QuarantineText read = QuarantineText.read(kept.bytes());
    assertThat(read).isEqualTo(kept);
    assertThat(read.message().id()).isEqualTo(Samples.ID);
    assertThat(read.message().event().body()).isEqualTo(new Unknown("Damaged", "\"\u0000{"));
    assertThatThrownBy(read::envelope).isInstanceOf(DurableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"MessageId\":\"x\",\"Why\":{}}", "[]"})
  void aDamagedBlobSaysSo(String text) {
    assertThatThrownBy(() -> QuarantineText.read(text.getBytes(UTF_8)))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("Damaged blob in quarantine");
  }
}
