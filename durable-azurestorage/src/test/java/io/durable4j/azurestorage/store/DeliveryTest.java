package io.durable4j.azurestorage.store;

import static io.durable4j.azurestorage.store.Rig.ACTIVITIES;
import static io.durable4j.azurestorage.store.Rig.CONTROL;
import static io.durable4j.azurestorage.store.Rig.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.Queues.Item;
import io.durable4j.history.EventBody;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a process knows of the messages it holds, and what the next one knows of them. */
class DeliveryTest {
  private static final String WORK_ITEMS = "myhub-workitems";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Rig rig = new Rig();

  private static Delivery renewed(Rig rig, Delivery d) {
    return Objects.requireNonNull(
        rig.messages().renew(List.of(d), LEASE).get(d.message().id()), "lost");
  }

  private String text() {
    List<Item> items = rig.account.queues().receive(WORK_ITEMS, 1, SECOND);
    assertThat(items).hasSize(1);
    return items.get(0).text();
  }

  @Test
  void whatWasGivenBackEveryProcessKnows() {
    rig.send(rig.task("a"));
    for (int i = 0; i < 7; i++) {
      TaskHub process = rig.process();
      Delivery d = rig.receiveOne(process.messages(), ACTIVITIES);
      assertThat(d.attempt()).isEqualTo(1 + i);
      assertThat(d.released()).isEqualTo(i);
      process.messages().release(List.of(d), Duration.ZERO);
    }
  }

  @Test
  void whatEndedWithItsProcessCountsInTheNext() {
    rig.send(rig.task("a"));
    for (int i = 0; i < 4; i++) {
      assertThat(rig.receiveOne(rig.process().messages(), ACTIVITIES).counted()).isEqualTo(1 + i);
      rig.pass(LEASE.plus(SECOND));
    }
  }

  @Test
  void theFirstDeliveryOfAClaimedMessageCountsInAnotherProcessToo() {
    assertThat(rig.send(rig.task("a", true))).hasSize(1);
    rig.pass(LEASE.plus(SECOND));
    Delivery d = rig.receiveOne(rig.process().messages(), ACTIVITIES);
    assertThat(d.attempt()).isEqualTo(2);
    assertThat(d.counted()).isEqualTo(2);
  }

  @Test
  void aClaimedMessageThatIsGivenBackDoesNotCount() {
    List<Delivery> claimed = rig.send(rig.task("a", true));
    rig.messages().release(claimed, Duration.ZERO);
    Delivery d = rig.receiveOne(rig.process().messages(), ACTIVITIES);
    assertThat(d.attempt()).isEqualTo(2);
    assertThat(d.counted()).isEqualTo(1);
    assertThat(d.message()).isEqualTo(claimed.get(0).message());
  }

  @Test
  void givingBackKeepsWhatOthersWroteToTheLetter() {
    rig.send(rig.task("a"));
    String text = text();
    rig.account.queues().delete(WORK_ITEMS, receipt());
    String foreign = "{\"Theirs\":[1.50,{\"x\":\"}\"}]," + text.substring(1);
    rig.account.queues().send(WORK_ITEMS, foreign, Duration.ZERO);
    rig.messages().release(rig.receive(ACTIVITIES), Duration.ZERO);
    rig.messages().release(rig.receive(ACTIVITIES), Duration.ZERO);
    String expected = foreign.substring(0, foreign.length() - 1) + ",\"Durable4jReleased\":2}";
    assertThat(text()).isEqualTo(expected);
  }

  private io.durable4j.azurestorage.account.Queues.Receipt receipt() {
    rig.pass(SECOND);
    return rig.account.queues().receive(WORK_ITEMS, 1, SECOND).get(0).receipt();
  }

  @Test
  void anOldDeliveryEndsItsMessageAfterARenewal() {
    rig.send(rig.task("a"));
    Delivery old = rig.receiveOne(ACTIVITIES);
    renewed(rig, old);
    rig.messages().delete(List.of(old));
    assertThat(rig.length(ACTIVITIES)).isZero();
    assertThat(rig.inside().consume(List.of(old))).isEmpty();
  }

  @Test
  void anOldDeliveryGivesItsMessageBackAfterARenewal() {
    rig.send(rig.task("a"));
    Delivery old = rig.receiveOne(ACTIVITIES);
    renewed(rig, old);
    rig.messages().release(List.of(old), Duration.ZERO);
    assertThat(rig.receiveOne(ACTIVITIES).released()).isEqualTo(1);
    assertThat(rig.messages().renew(List.of(old), LEASE)).isEmpty();
  }

  @Test
  void aRenewalJustBeforeADeletionDoesNotSaveTheMessage() {
    rig.send(rig.task("a"));
    Delivery d = rig.receiveOne(ACTIVITIES);
    rig.plug.once("queues.delete", () -> rig.messages().renew(List.of(d), LEASE));
    assertThat(rig.inside().consume(List.of(d))).isEmpty();
    assertThat(rig.length(ACTIVITIES)).isZero();
  }

  @Test
  void aDeletionWithinARenewalIsMadeUpFor() {
    rig.send(rig.task("a"));
    Delivery d = rig.receiveOne(ACTIVITIES);
    rig.plug.once(
        "queues.renew!",
        () -> assertThat(rig.inside().consume(List.of(d))).containsExactly(d.message().id()));
    assertThat(rig.messages().renew(List.of(d), LEASE)).isEmpty();
    assertThat(rig.length(ACTIVITIES)).isZero();
  }

  @Test
  void aRenewalWithinARenewalKeepsBoth() {
    rig.send(rig.task("a"));
    Delivery d = rig.receiveOne(ACTIVITIES);
    rig.plug.once("queues.renew", () -> renewed(rig, d));
    rig.messages().delete(List.of(renewed(rig, d)));
    assertThat(rig.length(ACTIVITIES)).isZero();
  }

  @Test
  void whatTheSenderHoldsNobodyIsToLookFor() {
    rig.hints.clear();
    rig.send(rig.task("a", true));
    assertThat(rig.hints).isEmpty();
    rig.send(rig.task("b", true), rig.task("c"));
    assertThat(rig.hints).containsExactly(ACTIVITIES);
  }

  @Test
  void whatAnotherReceivedMayReturn() {
    rig.send(rig.task("a"), rig.task("b"));
    List<Delivery> both = rig.receive(ACTIVITIES);
    rig.pass(LEASE.plus(SECOND));
    List<Delivery> others = rig.receive(rig.process().messages(), ACTIVITIES);
    assertThat(rig.inside().consume(both)).hasSize(2);
    assertThat(rig.messages().renew(others, LEASE)).hasSize(2);
  }

  @Test
  void whatIsNotKnownToBeDeletedMayReturn() {
    rig.send(rig.task("a"), rig.task("b"));
    List<Delivery> both = rig.receive(ACTIVITIES);
    rig.plug.once("queues.delete", Failing.now());
    assertThat(rig.inside().consume(both)).hasSize(1);
    assertThat(rig.length(ACTIVITIES)).isEqualTo(1);
    rig.plug.once("queues.delete!", Failing.now());
    assertThat(rig.inside().consume(both)).hasSize(1);
  }

  @Test
  void oneFailureAmongManyKeepsNoneOfTheOthersFromBeingDone() {
    rig.send(rig.task("a"), rig.task("b"), rig.task("c"));
    List<Delivery> all = rig.receive(ACTIVITIES);
    rig.plug.once("queues.delete", Failing.now());
    assertThatThrownBy(() -> rig.messages().delete(all)).isInstanceOf(StorageException.class);
    assertThat(rig.length(ACTIVITIES)).isEqualTo(1);
  }

  @Test
  void moreThanOneCallBringsManyInTheirOrder() {
    List<Outbound> many = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      many.add(rig.event("e" + i));
    }
    rig.messages().send(many, LEASE);
    rig.plug.nothing();
    List<Delivery> got = rig.receive(CONTROL);
    assertThat(rig.plug.calls).filteredOn("queues.receive"::equals).hasSize(3);
    assertThat(got)
        .extracting(d -> d.message().id())
        .containsExactlyElementsOf(many.stream().map(o -> o.message().id()).toList());
  }

  @Test
  void whatCameBeforeAFailureIsKept() {
    for (int i = 0; i < 40; i++) {
      rig.send(rig.task("a" + i));
    }
    rig.plug.once("queues.receive!", () -> rig.plug.once("queues.receive", Failing.now()));
    assertThat(rig.receive(ACTIVITIES)).hasSize(32);
    rig.plug.once("queues.receive", Failing.now());
    assertThatThrownBy(() -> rig.receive(ACTIVITIES)).isInstanceOf(StorageException.class);
  }

  @Test
  void theOrderIsThatOfTheSecondThenOfTheNumber() {
    Instant second = Instant.parse("2030-01-01T00:00:01Z");
    assertThat(Receiving.order(second, 1)).isLessThan(Receiving.order(second, 2));
    assertThat(Receiving.order(second, 1L << 29))
        .isLessThan(Receiving.order(second.plusSeconds(1), 1));
    assertThat(Receiving.order(Instant.parse("2100-01-01T00:00:00Z"), 7)).isPositive();
  }

  @Test
  void whatThisProcessHidIsForeseen() {
    Instant due = rig.clock.instant().plusMillis(5500);
    rig.send(rig.event("timer", "x", due), rig.event("later", "x", due.plusSeconds(60)));
    assertThat(next().nextVisible()).isEqualTo(rig.clock.instant().plusSeconds(6));
    rig.pass(Duration.ofSeconds(6));
    Received got = next();
    assertThat(got.deliveries()).hasSize(1);
    assertThat(got.nextVisible()).isEqualTo(rig.clock.instant().plusSeconds(60));
    rig.messages().release(got.deliveries(), Duration.ofMillis(1));
    assertThat(next().nextVisible()).isEqualTo(rig.clock.instant().plusSeconds(1));
  }

  private Received next() {
    return rig.messages().receive(CONTROL, new Receive(10, LEASE, null, null));
  }

  @Test
  void aTimerThatNobodyNeedsIsDropped() {
    Outbound timer = rig.event("timer", "x", rig.clock.instant().plusSeconds(60));
    Outbound other = rig.event("other", "x", rig.clock.instant().plusSeconds(60));
    rig.send(timer, other);
    rig.inside().retract(List.of(timer.message().id(), rig.task("never").message().id()));
    rig.pass(Duration.ofSeconds(61));
    Delivery left = rig.receiveOne(CONTROL);
    assertThat(left.message()).isEqualTo(other.message());
    rig.inside().retract(List.of(other.message().id()));
    assertThat(rig.messages().renew(List.of(left), LEASE)).hasSize(1);
  }

  @Test
  void anActivityThatNobodyNeedsIsDroppedWhileItWaits() {
    Outbound waits = rig.task("waits");
    Outbound runs = rig.task("runs");
    rig.send(runs);
    List<Delivery> running = rig.receive(ACTIVITIES);
    rig.send(waits);
    rig.inside().retract(List.of(waits.message().id(), runs.message().id()));
    assertThat(rig.length(ACTIVITIES)).isEqualTo(1);
    assertThat(rig.messages().renew(running, LEASE)).hasSize(1);
  }

  @Test
  void everyOpeningOfTheProcessHearsOfWhatIsSentUntilItCloses() {
    var backend = TestStore.on(rig.account);
    List<io.durable4j.spi.QueueId> one = new ArrayList<>();
    List<io.durable4j.spi.QueueId> two = new ArrayList<>();
    TaskHub first = backend.open(Rig.SPEC, Rig.wakeUps(one));
    TaskHub second = backend.open(Rig.SPEC, Rig.wakeUps(two));
    Outbound later = rig.event("later", "x", rig.clock.instant().plusSeconds(60));
    first.messages().send(List.of(later, rig.task("a")), LEASE);
    assertThat(one).containsExactly(CONTROL, ACTIVITIES);
    assertThat(two).isEqualTo(one);
    second.close();
    second.messages().release(rig.receive(second.messages(), ACTIVITIES), Duration.ZERO);
    assertThat(one).hasSize(3);
    assertThat(two).hasSize(2);
  }

  @Test
  void timersOfOneSecondComeInTheOrderOfTheirTimes() {
    Instant now = rig.clock.instant();
    rig.send(
        rig.event("third", "x", now.plusMillis(450)),
        rig.event("first", "x", now.plusMillis(150)),
        rig.event("second", "x", now.plusMillis(300)),
        rig.event("late", "x", now.minusSeconds(9)),
        rig.event("now", "x", now));
    rig.pass(SECOND);
    assertThat(rig.receive(CONTROL))
        .extracting(d -> ((EventBody.EventRaised) d.message().event().body()).name())
        .containsExactly("late", "now", "first", "second", "third");
  }

  @Test
  void allOpeningsOfAProcessForeseeWhatOneHid() {
    var backend = TestStore.on(rig.account);
    TaskHub first = backend.open(Rig.SPEC, Rig.wakeUps(new ArrayList<>()));
    TaskHub second = backend.open(Rig.SPEC, Rig.wakeUps(new ArrayList<>()));
    Instant due = rig.clock.instant().plusSeconds(60);
    first.messages().send(List.of(rig.event("later", "x", due)), LEASE);
    Received none = second.messages().receive(CONTROL, new Receive(10, LEASE, null, null));
    assertThat(none.nextVisible()).isEqualTo(due);
  }

  @Test
  void messagesOfAllOpeningsOfAProcessComeInTheirOrder() {
    var backend = TestStore.on(rig.account);
    TaskHub first = backend.open(Rig.SPEC, Rig.wakeUps(new ArrayList<>()));
    TaskHub second = backend.open(Rig.SPEC, Rig.wakeUps(new ArrayList<>()));
    first.messages().send(List.of(rig.event("one"), rig.event("two")), LEASE);
    second.messages().send(List.of(rig.event("three")), LEASE);
    assertThat(rig.receive(CONTROL))
        .extracting(d -> ((EventBody.EventRaised) d.message().event().body()).name())
        .containsExactly("one", "two", "three");
  }

  @Test
  void whoGivesAnActivityBackForLaterIsNotTheFirstToKnow() {
    rig.send(rig.task("a"));
    List<Delivery> held = rig.receive(ACTIVITIES);
    rig.hints.clear();
    rig.messages().release(held, Duration.ofSeconds(1));
    Received none = rig.messages().receive(ACTIVITIES, new Receive(10, LEASE, null, null));
    assertThat(none.nextVisible()).isNull();
    assertThat(rig.hints).isEmpty();
  }
}
