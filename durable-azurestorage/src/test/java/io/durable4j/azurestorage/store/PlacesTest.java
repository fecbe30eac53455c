package io.durable4j.azurestorage.store;

import static io.durable4j.azurestorage.store.Rig.ACTIVITIES;
import static io.durable4j.azurestorage.store.Rig.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages that take the place of consumed ones. */
class PlacesTest {
  private final Rig rig = new Rig();
  private final Queue<Runnable> moments = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final TaskHub hub =
      TestStore.on(rig.account, null, new TestStore.Counting(), moments::add)
          .open(Rig.SPEC, Rig.wakeUps(rig.hints));
  private final QueueMessages messages = (QueueMessages) ((GatedMessages) hub.messages()).inner();

  private List<String> calls(Runnable what) {
    calls.clear();
    rig.plug.then(
        call -> {
          if (call.endsWith("!")) {
            calls.add(call.substring(0, call.length() - 1));
          }
        });
    what.run();
    rig.plug.nothing();
    return calls;
  }

  private Delivery claimed(String name) {
    List<Delivery> all = messages.send(List.of(rig.task(name, true)), LEASE);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private MessageId id(String name) {
    return rig.task(name).message().id();
  }

  private void passMoments() {
    while (!moments.isEmpty()) {
      moments.remove().run();
    }
  }

  private Delivery afterItsLease() {
    rig.pass(LEASE.plusSeconds(1));
    return rig.receiveOne(rig.process().messages(), ACTIVITIES);
  }

  @Test
  void aClaimedMessageTakesThePlaceOfAConsumedOne() {
    Delivery old = claimed("old");
    assertThat(calls(() -> messages.consume(List.of(old)))).isEmpty();
    assertThat(calls(() -> claimed("new"))).containsExactly("queues.rewrite");
    assertThat(calls(this::passMoments)).as("it is gone").isEmpty();
    assertThat(messages.unconfirmed(List.of(old.message().id()))).isEmpty();
    assertThat(rig.length(ACTIVITIES)).isOne();
    Delivery again = afterItsLease();
    assertThat(again.message().id()).isEqualTo(id("new"));
    assertThat(again.attempt()).as("the sender's, and this one").isEqualTo(2);
  }

  @Test
  void whatTookAPlaceCanBeRenewedGivenBackAndDeleted() {
    messages.consume(List.of(claimed("old")));
    Delivery second = claimed("second");
    assertThat(messages.renew(List.of(second), LEASE)).hasSize(1);
    messages.release(List.of(second), Duration.ZERO);
    Delivery back = rig.receiveOne(rig.process().messages(), ACTIVITIES);
    assertThat(back.message()).isEqualTo(second.message());
    assertThat(back.released()).isOne();
    Delivery third = claimed("third");
    messages.consume(List.of(third));
    Delivery fourth = claimed("fourth");
    messages.delete(List.of(fourth, back));
    assertThat(rig.length(ACTIVITIES)).isZero();
  }

  @Test
  void aPlaceIsTakenOnce() {
    Delivery one = claimed("one");
    Delivery two = claimed("two");
    messages.consume(List.of(one, two));
    List<Outbound> three = List.of(rig.task("a", true), rig.task("b", true), rig.task("c", true));
    assertThat(calls(() -> assertThat(messages.send(three, LEASE)).hasSize(3)))
        .containsExactly("queues.rewrite", "queues.rewrite", "queues.send");
    assertThat(rig.length(ACTIVITIES)).isEqualTo(3);
  }

  @Test
  void whatNobodyTakesIsDeletedInAMoment() {
    Delivery old = claimed("old");
    messages.consume(List.of(old));
    assertThat(messages.unconfirmed(List.of(old.message().id()))).hasSize(1);
    assertThat(calls(() -> messages.delete(List.of(old)))).as("it is being deleted").isEmpty();
    assertThat(calls(this::passMoments)).containsExactly("queues.delete");
    assertThat(messages.unconfirmed(List.of(old.message().id()))).isEmpty();
    assertThat(calls(() -> claimed("new"))).containsExactly("queues.send");
  }

  @Test
  void whatAnyoneMayReceiveTakesNoPlace() {
    messages.consume(List.of(claimed("old")));
    assertThat(calls(() -> messages.send(List.of(rig.task("new")), LEASE)))
        .containsExactly("queues.send");
  }

  @Test
  void thePlaceOfAnotherQueueIsNone() {
    messages.consume(List.of(claimed("old")));
    Outbound event = rig.event("event");
    Outbound mine = new Outbound(event.message(), event.to(), event.visibleAt(), true);
    assertThat(calls(() -> messages.send(List.of(mine), LEASE))).containsExactly("queues.send");
  }

  @Test
  void whatTheQueueDeliveredCountsThatAndIsDeletedAtOnce() {
    messages.send(List.of(rig.task("plain")), LEASE);
    Delivery plain = rig.receiveOne(messages, ACTIVITIES);
    assertThat(calls(() -> messages.consume(List.of(plain)))).containsExactly("queues.delete");
    claimed("claimed");
    rig.pass(LEASE.plusSeconds(1));
    Delivery second = rig.receiveOne(messages, ACTIVITIES);
    assertThat(calls(() -> messages.consume(List.of(second)))).containsExactly("queues.delete");
  }

  @Test
  void anOldPlaceIsGivenUp() {
    Delivery next = claimed("first");
    for (int i = 0; i < 5; i++) {
      rig.pass(Duration.ofSeconds(11));
      messages.consume(List.of(next));
      next = claimed("message" + i);
    }
    rig.pass(Duration.ofSeconds(5));
    Delivery last = next;
    assertThat(calls(() -> messages.consume(List.of(last))))
        .as("a minute after the first")
        .containsExactly("queues.delete");
  }

  @Test
  void aPlaceThatWasLostIsNotWrittenOver() {
    Delivery old = claimed("old");
    messages.consume(List.of(old));
    Delivery others = afterItsLease();
    assertThat(calls(() -> claimed("new"))).containsExactly("queues.rewrite", "queues.send");
    assertThat(messages.unconfirmed(List.of(old.message().id()))).as("it came again").hasSize(1);
    rig.process().messages().delete(List.of(others));
    assertThat(rig.length(ACTIVITIES)).isOne();
    assertThat(afterItsLease().message().id()).isEqualTo(id("new"));
  }

  @Test
  void aFailureBeforeLeavesTheOldOne() {
    Delivery old = claimed("old");
    messages.consume(List.of(old));
    rig.plug.then(failAt("queues.rewrite"));
    assertThatThrownBy(() -> claimed("new")).isInstanceOf(StorageException.class);
    rig.plug.nothing();
    assertThat(messages.unconfirmed(List.of(old.message().id()))).hasSize(1);
    assertThat(afterItsLease().message()).isEqualTo(old.message());
  }

  @Test
  void aFailureAfterHasSentTheNewOne() {
    messages.consume(List.of(claimed("old")));
    rig.plug.then(failAt("queues.rewrite!"));
    assertThatThrownBy(() -> claimed("new")).isInstanceOf(StorageException.class);
    rig.plug.nothing();
    assertThat(calls(() -> claimed("new"))).as("tried again").containsExactly("queues.send");
    assertThat(rig.length(ACTIVITIES)).as("sent twice").isEqualTo(2);
    rig.pass(LEASE.plusSeconds(1));
    assertThat(rig.receive(rig.process().messages(), ACTIVITIES))
        .allMatch(d -> d.message().id().equals(id("new")));
  }

  @Test
  void whoDiesOnTheWayLeavesOneOfThem() {
    messages.consume(List.of(claimed("old")));
    assertThat(rig.plug.dies(1, () -> claimed("new"))).isTrue();
    assertThat(afterItsLease().message().id()).isEqualTo(id("old"));
    Rig other = new Rig();
    TaskHub there =
        TestStore.on(other.account, null, new TestStore.Counting(), moments::add)
            .open(Rig.SPEC, Rig.wakeUps(other.hints));
    QueueMessages inside = (QueueMessages) ((GatedMessages) there.messages()).inner();
    inside.consume(inside.send(List.of(other.task("old", true)), LEASE));
    Runnable next = () -> inside.send(List.of(other.task("new", true)), LEASE);
    assertThat(other.plug.dies(2, next)).isTrue();
    other.pass(LEASE.plusSeconds(1));
    assertThat(other.receiveOne(other.process().messages(), ACTIVITIES).message().id())
        .isEqualTo(id("new"));
  }

  private static Consumer<String> failAt(String where) {
    return call -> {
      if (call.equals(where)) {
        throw new StorageException("Injected", null);
      }
    };
  }
}
