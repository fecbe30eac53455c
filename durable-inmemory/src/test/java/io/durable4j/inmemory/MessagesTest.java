package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody;
import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.QueueStats;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Delivery, leases, order, and what is set aside. */
final class MessagesTest {
  private static final QueueId ACTIVITIES = QueueId.activity(0);

  private final TestClock clock = new TestClock();
  private final TestHub hub = TestHub.of(InMemoryBackend.create(new Settings(clock, 100, 1)));

  private void send(Outbound... all) {
    hub.messages().send(List.of(all), TestHub.LEASE);
  }

  private static List<MessageId> ids(List<Delivery> all) {
    return all.stream().map(d -> d.message().id()).toList();
  }

  @Test
  void aMessageComesAgainWhenItsLeaseEndsAndTheOldDeliveryIsLost() {
    send(Samples.activity("a", "Charge", "1", false));
    Delivery first = hub.activities(null).get(0);
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(hub.activities(null)).isEmpty();
    clock.advance(TestHub.LEASE.minusNanos(1));
    assertThat(hub.activities(null)).isEmpty();
    clock.advance(Duration.ofNanos(1));
    Delivery second = hub.activities(null).get(0);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.message()).isEqualTo(first.message()).isNotSameAs(first.message());
    hub.messages().delete(List.of(first));
    assertThat(hub.messages().renew(List.of(first), TestHub.LEASE)).isEmpty();
    hub.messages().release(List.of(first), Duration.ZERO);
    hub.messages().respond(first, Samples.result("a", first.message()));
    hub.messages().quarantine(first, FailureDetails.of("Poison", "", true));
    assertThat(hub.receive("a")).isEmpty();
    assertThat(hub.messages().stats(ACTIVITIES).length()).isEqualTo(1);
    hub.messages().delete(List.of(second));
    assertThat(hub.messages().stats(ACTIVITIES).length()).isZero();
  }

  @Test
  void aRenewedLeaseCountsFromTheCallAndALateRenewalIsGoodWhileNobodyElseReceived() {
    send(Samples.activity("a", "Charge", "1", false));
    Delivery d = hub.activities(null).get(0);
    clock.advance(Duration.ofSeconds(20));
    Delivery renewed = hub.messages().renew(List.of(d), TestHub.LEASE).get(d.message().id());
    clock.advance(Duration.ofSeconds(29));
    assertThat(hub.activities(null)).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    assertThat(hub.messages().renew(List.of(renewed), TestHub.LEASE)).hasSize(1);
    assertThat(hub.activities(null)).isEmpty();
  }

  @Test
  void aReleasedMessageKeepsItsPlaceAndStaysHiddenForTheDelay() {
    send(Samples.activity("a", "X", "1", false), Samples.activity("a", "X", "2", false));
    List<Delivery> both = hub.activities(null);
    hub.messages().release(both.subList(1, 2), Duration.ZERO);
    hub.messages().release(both.subList(0, 1), Duration.ofSeconds(5));
    List<Delivery> second = hub.activities(null);
    assertThat(ids(second)).isEqualTo(ids(both.subList(1, 2)));
    hub.messages().release(second, Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    assertThat(ids(hub.activities(null))).isEqualTo(ids(both));
  }

  @Test
  void aRepeatIsDroppedWhileTheFirstIsThere() {
    Outbound m = Samples.activity("a", "X", "1", true);
    assertThat(hub.messages().send(List.of(m, m), TestHub.LEASE)).hasSize(1);
    assertThat(hub.messages().send(List.of(m), TestHub.LEASE)).isEmpty();
    assertThat(hub.messages().stats(ACTIVITIES).length()).isEqualTo(1);
  }

  @Test
  void aClaimIsADeliveryUnderALease() {
    Delivery d =
        hub.messages().send(List.of(Samples.activity("a", "X", "1", true)), TestHub.LEASE).get(0);
    assertThat(d.attempt()).isEqualTo(1);
    assertThat(hub.activities(null)).isEmpty();
    clock.advance(TestHub.LEASE);
    assertThat(hub.activities(null).get(0).attempt()).isEqualTo(2);
  }

  @Test
  void aMessageIsNotReceivedBeforeItIsDueAndTheReceiverLearnsWhen() {
    Instant due = TestClock.START.plusSeconds(60);
    send(Samples.event("a", "later", due));
    Receive how = new Receive(1, TestHub.LEASE, hub.fence("a"), null);
    Received none = hub.messages().receive(Samples.control("a"), how);
    assertThat(none.deliveries()).isEmpty();
    assertThat(none.nextVisible()).isEqualTo(due);
    clock.advance(Duration.ofSeconds(60).minusNanos(1));
    assertThat(hub.receive("a")).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(hub.receive("a")).hasSize(1);
    Received leased = hub.messages().receive(Samples.control("a"), how);
    assertThat(leased.nextVisible()).isEqualTo(clock.instant().plus(TestHub.LEASE));
  }

  @Test
  void aControlQueueIsReadUnderTheCurrentFenceOnly() {
    send(Samples.event("a", "x"));
    Fence old = hub.fence("a");
    QueueId queue = Samples.control("a");
    Fence other = hub.claim(queue.shard(), new WorkerId("w2"));
    for (Fence f :
        new Fence[] {
          old,
          null,
          new Fence(other.partition(), other.owner(), other.epoch() - 1),
          new Fence(1 - other.partition(), other.owner(), other.epoch())
        }) {
      assertThat(hub.messages().receive(queue, new Receive(9, TestHub.LEASE, f, null)).deliveries())
          .as("under %s", f)
          .isEmpty();
    }
    assertThat(
            hub.messages().receive(queue, new Receive(9, TestHub.LEASE, other, null)).deliveries())
        .hasSize(1);
  }

  @Test
  void onlyKnownActivitiesAreReceivedWhateverTheirCase() {
    send(Samples.activity("a", "Charge", "1", false), Samples.activity("a", "SHIP", "2", false));
    assertThat(hub.activities(Set.of())).isEmpty();
    assertThat(hub.activities(Set.of("ship"))).hasSize(1);
    assertThat(hub.activities(Set.of("ship"))).isEmpty();
    assertThat(hub.activities(null)).hasSize(1);
  }

  @Test
  void aResponseReplacesTheRequest() {
    send(Samples.activity("a", "X", "1", false));
    Delivery d = hub.activities(null).get(0);
    Outbound result = Samples.result("a", d.message());
    hub.messages().respond(d, result);
    hub.messages().respond(d, result);
    assertThat(ids(hub.receive("a"))).containsExactly(result.message().id());
    clock.advance(TestHub.LEASE);
    assertThat(hub.activities(null)).isEmpty();
  }

  @Test
  void aQuarantinedMessageIsListedAndComesBackOrGoes() {
    send(Samples.activity("a", "X", "1", false));
    Delivery d = hub.activities(null).get(0);
    FailureDetails why = FailureDetails.of("Poison", "seen 5 times", true);
    hub.messages().quarantine(d, why);
    hub.messages().quarantine(d, why);
    clock.advance(TestHub.LEASE);
    assertThat(hub.activities(null)).isEmpty();
    assertThat(hub.queries().quarantined(null).items())
        .containsExactly(new Quarantined(d.message(), ACTIVITIES, why, TestClock.START));
    assertThat(hub.queries().requeue(d.message().id())).isTrue();
    assertThat(hub.queries().requeue(d.message().id())).isFalse();
    Delivery back = hub.activities(Set.of("x")).get(0);
    assertThat(back.attempt()).isEqualTo(1);
    hub.messages().quarantine(back, why);
    assertThat(hub.queries().drop(d.message().id())).isTrue();
    assertThat(hub.queries().drop(d.message().id())).isFalse();
    assertThat(hub.queries().quarantined(null).items()).isEmpty();
    assertThat(hub.messages().stats(ACTIVITIES).length()).isZero();
  }

  @Test
  void statsTellLengthAndAge() {
    send(Samples.event("a", "x"), Samples.event("a", "y", TestClock.START.plusSeconds(99)));
    clock.advance(Duration.ofSeconds(7));
    QueueId queue = Samples.control("a");
    assertThat(hub.messages().stats(queue)).isEqualTo(new QueueStats(2, Duration.ofSeconds(7)));
    hub.receive("a");
    assertThat(hub.messages().stats(queue)).isEqualTo(new QueueStats(2, Duration.ZERO));
  }

  @Test
  void aPayloadOverTheLimitIsNotSent() {
    assertThat(sendPayload("\u00e4".repeat(50))).isTrue();
    assertThatThrownBy(() -> sendPayload("\u00e4".repeat(50) + "x"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("101")
        .hasMessageContaining("100");
    assertThat(hub.receive("a")).hasSize(1);
  }

  private boolean sendPayload(String text) {
    var m = Samples.message("a", new EventBody.EventRaised("e", new Payload(text)), "big", text);
    send(new Outbound(m, Samples.control("a"), TestClock.START, false));
    return true;
  }
}
