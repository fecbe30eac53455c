package io.durable4j.azurestorage.store;

import static io.durable4j.azurestorage.store.Rig.ACTIVITIES;
import static io.durable4j.azurestorage.store.Rig.CONTROL;
import static io.durable4j.azurestorage.store.Rig.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.format.Gzip;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Messages that stand in blobs, and texts that do not read. */
class LargeMessagesTest {
  private static final String LARGE = "x".repeat(50_000);

  private final Rig rig = new Rig();

  private Outbound large(String name) {
    return rig.event(name, LARGE, rig.clock.instant());
  }

  @Test
  void aLargeMessageStandsInABlobUntilItIsConsumed() {
    Outbound sent = large("big");
    rig.send(sent);
    assertThat(rig.blobs())
        .singleElement()
        .asString()
        .startsWith("i/message-")
        .endsWith("-EventRaised.json.gz");
    Delivery got = rig.receiveOne(CONTROL);
    assertThat(got.message()).isEqualTo(sent.message());
    rig.messages().delete(List.of(got));
    assertThat(rig.blobs()).isEmpty();
  }

  @Test
  void theBlobStaysWhileTheMessageMayCome() {
    rig.send(large("big"));
    Delivery got = rig.receiveOne(CONTROL);
    rig.pass(LEASE.plusSeconds(1));
    Delivery others = rig.receiveOne(rig.process().messages(), CONTROL);
    rig.messages().delete(List.of(got));
    assertThat(rig.blobs()).hasSize(1);
    rig.messages().release(List.of(others), Duration.ZERO);
    assertThat(rig.receiveOne(CONTROL).released()).isEqualTo(1);
  }

  private Outbound start() {
    EventBody start =
        new EventBody.ExecutionStarted(
            new InstanceId("i"),
            new ExecutionId("e"),
            "Big",
            "",
            new Payload("\"" + LARGE + "\""),
            Map.of(),
            null,
            null,
            0);
    return new Outbound(rig.message("i", "start", start), CONTROL, rig.clock.instant(), false);
  }

  @Test
  void theBlobOfAStartGoesToo() {
    rig.send(start());
    rig.messages().delete(rig.receive(CONTROL));
    assertThat(rig.blobs()).isEmpty();
  }

  @Test
  void theBlobOfAForeignStartStaysForTheInstancesRow() {
    rig.send(start());
    String name = rig.blobs().get(0);
    Blobs.Blob blob = rig.account.blobs().get("myhub-largemessages", name);
    String json = Gzip.decompress(Objects.requireNonNull(blob).bytes());
    String foreign = json.replaceFirst(",\"Durable4jMessageId\":\"[^\"]*\"", "");
    rig.account.blobs().put("myhub-largemessages", name, Gzip.compress(foreign));
    List<Delivery> got = rig.receive(CONTROL);
    assertThat(got).hasSize(1);
    rig.messages().delete(got);
    assertThat(rig.blobs()).containsExactly(name);
    assertThat(rig.length(CONTROL)).isZero();
  }

  @Test
  void aBlobThatCannotBeDeletedHoldsNobodyUp() {
    rig.send(large("big"));
    List<Delivery> got = rig.receive(CONTROL);
    rig.plug.once("blobs.delete", Failing.now());
    assertThat(rig.inside().consume(got)).isEmpty();
    assertThat(rig.blobs()).hasSize(1);
  }

  @Test
  void aLargeTimerThatNobodyNeedsIsDroppedWithItsBlob() {
    Outbound timer = rig.event("t", LARGE, rig.clock.instant().plusSeconds(60));
    rig.send(timer);
    rig.inside().retract(List.of(timer.message().id()));
    assertThat(rig.blobs()).isEmpty();
    assertThat(rig.length(CONTROL)).isZero();
  }

  @Test
  void aBlobThatCannotBeReadNowBringsItsMessageAgain() {
    rig.send(large("big"), rig.event("small"));
    rig.plug.once("blobs.get", Failing.now());
    assertThat(rig.receive(CONTROL)).hasSize(1);
    assertThat(rig.setAside()).isEmpty();
    rig.pass(LEASE.plusSeconds(1));
    assertThat(rig.receive(CONTROL)).hasSize(2);
  }

  @Test
  void anOutageOfBlobsMakesNoPoison() {
    rig.send(large("big"));
    for (int i = 0; i < 20; i++) {
      rig.plug.once("blobs.get", Failing.now());
      assertThat(rig.receive(CONTROL)).isEmpty();
      rig.pass(LEASE.plusSeconds(1));
    }
    Delivery got = rig.receiveOne(CONTROL);
    assertThat(got.attempt()).isEqualTo(21);
    assertThat(got.counted()).isEqualTo(1);
  }

  /** As it is when the service took the first, and its answer was lost. */
  private void sentTwice(Outbound message) {
    rig.send(message);
    Queues queues = rig.account.queues();
    Queues.Item first = queues.receive("myhub-control-00", 1, LEASE).get(0);
    queues.send("myhub-control-00", first.text(), Duration.ZERO);
    rig.pass(LEASE.plusSeconds(1));
  }

  @Test
  void aCopyOfAConsumedMessageIsDropped() {
    sentTwice(large("big"));
    rig.send(rig.event("small"));
    List<Delivery> got = rig.receive(CONTROL);
    assertThat(got).hasSize(3);
    rig.messages().delete(got.subList(0, 1));
    rig.messages().release(got.subList(1, 3), Duration.ZERO);
    assertThat(rig.receive(CONTROL)).hasSize(1);
    assertThat(rig.setAside()).isEmpty();
    assertThat(rig.length(CONTROL)).isEqualTo(1);
  }

  @Test
  void aCopyThatCannotBeDroppedNowComesAgain() {
    rig.send(large("big"));
    rig.account.blobs().delete("myhub-largemessages", rig.blobs().get(0));
    rig.plug.once("queues.delete", Failing.now());
    assertThat(rig.receive(CONTROL)).isEmpty();
    assertThat(rig.length(CONTROL)).isEqualTo(1);
    rig.pass(LEASE.plusSeconds(1));
    assertThat(rig.receive(CONTROL)).isEmpty();
    assertThat(rig.length(CONTROL)).isZero();
  }

  @Test
  void aDamagedTextIsSetAsideAsItIsAndHoldsNobodyUp() {
    rig.account.queues().send("myhub-workitems", "{\"what\":", Duration.ZERO);
    rig.account.queues().send("myhub-workitems", "%%%", Duration.ZERO);
    rig.send(rig.task("good"));
    assertThat(rig.receive(ACTIVITIES)).hasSize(1);
    assertThat(rig.setAside())
        .hasSize(2)
        .allSatisfy(
            q -> {
              assertThat(q.why().type()).isEqualTo("DamagedMessage");
              assertThat(q.queue()).isEqualTo(ACTIVITIES);
            })
        .extracting(q -> ((EventBody.Unknown) q.message().event().body()).json())
        .containsExactlyInAnyOrder("{\"what\":", "%%%");
    assertThat(rig.length(ACTIVITIES)).isEqualTo(1);
  }

  @Test
  void aDamagedTextThatIsRequeuedComesBackAsItWas() {
    rig.account.queues().send("myhub-workitems", "%%%", Duration.ZERO);
    rig.receive(ACTIVITIES);
    assertThat(rig.hub.queries().requeue(rig.setAside().get(0).message().id())).isTrue();
    assertThat(rig.setAside()).isEmpty();
    assertThat(
            rig.account.queues().receive("myhub-workitems", 1, Duration.ofSeconds(1)).get(0).text())
        .isEqualTo("%%%");
  }

  @Test
  void aDamagedTextThatCannotBeSetAsideNowComesAgain() {
    rig.account.queues().send("myhub-workitems", "%%%", Duration.ZERO);
    rig.send(rig.task("good"));
    rig.plug.once("blobs.put", Failing.now());
    assertThat(rig.receive(ACTIVITIES)).hasSize(1);
    assertThat(rig.length(ACTIVITIES)).isEqualTo(2);
    rig.pass(LEASE.plusSeconds(1));
    assertThat(rig.receive(ACTIVITIES)).hasSize(1);
    assertThat(rig.setAside()).hasSize(1);
  }
}
