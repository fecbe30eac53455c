package io.durable4j.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SorterTest {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final InstanceId ME = new InstanceId("@counter@a");
  private static final InstanceId OTHER = new InstanceId("other");

  private final List<String> delivered = new ArrayList<>();
  private Sorting sorting = Sorting.NONE;
  private Duration window = WINDOW;

  /** One who sends: an instance in one execution. */
  private static final class From {
    private final Request.Sender sender;
    private final Stamps stamps = new Stamps();
    private int count;

    From(String instance, String execution) {
      this.sender = new Request.Sender(new InstanceId(instance), new ExecutionId(execution));
    }

    Request at(Instant clock) {
      Request.Stamp stamp = stamps.next(ME, clock);
      String name = sender.instance() + "/" + sender.execution() + "#" + count++;
      return new Request(name, "op", true, null, sender, null, stamp, null);
    }

    List<Request> some(int number, Duration apart) {
      List<Request> all = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        all.add(at(START.plus(apart.multipliedBy(i))));
      }
      return all;
    }
  }

  private static List<String> ids(List<Request> requests) {
    return requests.stream().map(Request::id).toList();
  }

  /** Each in a batch of its own, and through the text that is kept in between. */
  private void receive(Request... requests) {
    receive(START.plus(Duration.ofDays(1)), requests);
  }

  private void receive(Instant clock, Request... requests) {
    for (Request r : requests) {
      Sorter sorter = new Sorter(sorting, window);
      sorter.receive(r, clock, d -> delivered.add(d.id()));
      Scheduler kept = new Scheduler(null, List.of(), null, null, sorter.after(clock));
      sorting = EntityJson.scheduler(EntityJson.encode(kept)).sorting();
    }
  }

  private void receive(List<Request> requests) {
    receive(requests.toArray(new Request[0]));
  }

  @Test
  void messagesInOrderGoThrough() {
    List<Request> sent = new From("a", "1").some(5, Duration.ofSeconds(1));
    receive(sent);
    assertThat(delivered).isEqualTo(ids(sent));
    assertThat(sorting.received().get(new InstanceId("a")).buffered()).isEmpty();
  }

  @Test
  void aClockThatStandsOrGoesBackDoesNotSpoilTheOrder() {
    From a = new From("a", "1");
    List<Request> sent =
        List.of(
            a.at(START),
            a.at(START),
            a.at(START.minusSeconds(600)),
            a.at(START.plusSeconds(600)),
            a.at(START.minusSeconds(3600)));
    assertThat(sent.stream().map(r -> r.stamp().timestamp()))
        .isSorted()
        .doesNotHaveDuplicates()
        .contains(
            START.plusNanos(100), START.plusNanos(200), START.plusSeconds(600).plusNanos(100));
    receive(sent.get(4), sent.get(2), sent.get(0), sent.get(3), sent.get(1));
    assertThat(delivered).isEqualTo(ids(sent));
  }

  @Test
  void aDelayedMessageIsWaitedFor() {
    List<Request> sent = new From("a", "1").some(4, Duration.ofSeconds(1));
    receive(sent.get(0), sent.get(2), sent.get(3));
    assertThat(delivered).isEqualTo(ids(sent.subList(0, 1)));
    assertThat(sorting.received().get(new InstanceId("a")).buffered()).hasSize(2);
    receive(sent.get(1));
    assertThat(delivered).isEqualTo(ids(sent));
  }

  @Test
  void aRepeatIsDropped() {
    List<Request> sent = new From("a", "1").some(3, Duration.ofSeconds(1));
    receive(sent.get(0), sent.get(0), sent.get(2), sent.get(2), sent.get(1), sent.get(0));
    receive(sent);
    assertThat(delivered).isEqualTo(ids(sent));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void shuffledAndRepeatedMessagesOfSeveralSendersCountInOrderAndOnce(long seed) {
    List<Request> a = new From("a", "1").some(40, Duration.ofSeconds(9));
    List<Request> b = new From("b", "1").some(40, Duration.ofSeconds(11));
    List<Request> all = new ArrayList<>(a);
    all.addAll(b);
    all.addAll(a.subList(10, 20));
    all.addAll(b);
    Collections.shuffle(all, new Random(seed));
    receive(all);
    assertThat(delivered.stream().filter(id -> id.startsWith("a"))).isEqualTo(ids(a));
    assertThat(delivered.stream().filter(id -> id.startsWith("b"))).isEqualTo(ids(b));
    assertThat(sorting.received().values()).allMatch(r -> r.buffered().isEmpty());
  }

  @Test
  void whatIsPastTheWindowIsNeitherSortedNorKnown() {
    List<Request> sent = new From("a", "1").some(3, Duration.ofHours(1));
    receive(sent.get(2), sent.get(1), sent.get(0), sent.get(0));
    assertThat(delivered)
        .isEqualTo(ids(List.of(sent.get(2), sent.get(1), sent.get(0), sent.get(0))));
  }

  @Test
  void nobodyWaitsLongerThanTheWindowForAMessageThatIsLost() {
    From a = new From("a", "1");
    List<Request> sent = a.some(3, Duration.ofSeconds(1));
    receive(sent.get(0), sent.get(2));
    From b = new From("b", "1");
    receive(b.at(START.plus(WINDOW)));
    assertThat(delivered).isEqualTo(List.of("a/1#0", "b/1#0"));
    receive(b.at(START.plus(WINDOW).plusSeconds(12)));
    assertThat(delivered).isEqualTo(List.of("a/1#0", "b/1#0", "a/1#2", "b/1#1"));
  }

  @Test
  void sendersAreForgottenBehindTheHorizonButNotAtEachMessage() {
    From b = new From("b", "1");
    receive(new From("a", "1").at(START), b.at(START.plusSeconds(10)));
    assertThat(sorting.receiveHorizon()).isEqualTo(START.minus(WINDOW));
    receive(b.at(START.plusSeconds(11)));
    assertThat(sorting.receiveHorizon()).isEqualTo(START.plusSeconds(11).minus(WINDOW));
    assertThat(sorting.received()).containsOnlyKeys(new InstanceId("a"), new InstanceId("b"));
    receive(b.at(START.plus(WINDOW).plusSeconds(1)));
    assertThat(sorting.received()).containsOnlyKeys(new InstanceId("b"));
  }

  @Test
  void aNewExecutionCountsAnewOnceTheFormerHasHadItsSay() {
    From first = new From("a", "1");
    From second = new From("a", "2");
    List<Request> old = first.some(3, Duration.ofSeconds(1));
    List<Request> next = List.of(second.at(START.plusSeconds(2)), second.at(START.plusSeconds(2)));
    receive(old.get(0), old.get(2), next.get(0), next.get(1), next.get(1));
    assertThat(delivered).isEqualTo(ids(List.of(old.get(0), old.get(2), next.get(0), next.get(1))));
  }

  /** Else the next execution would wait for what has come, and be told out of order. */
  @ParameterizedTest
  @CsvSource({
    // a generation, and the one before it, whose clock was fast
    "0000000000000000000000000000000a, 00000000000000000000000000000009, 60",
    // executions that know nothing of each other
    "second, first, -1"
  })
  void aLateMessageOfAFormerExecutionChangesNothing(String now, String before, int seconds) {
    From former = new From("a", before);
    From current = new From("a", now);
    Request late = former.at(START.plusSeconds(seconds));
    List<Request> sent = current.some(4, Duration.ofSeconds(1));
    receive(sent.get(0), sent.get(2), late, sent.get(1), late, sent.get(3));
    assertThat(delivered)
        .containsExactly(
            sent.get(0).id(),
            late.id(),
            sent.get(1).id(),
            sent.get(2).id(),
            late.id(), // repeats of it are for others to know
            sent.get(3).id());
    delivered.clear();
    new Sorter(sorting, window).receive(late, START, d -> delivered.add(d.id()), true);
    assertThat(delivered).as("a known repeat").isEmpty();
  }

  @Test
  void aGenerationIsSortedAlsoWhereItBeginsAtATimeOfTheFormerOne() {
    receive(new From("a", "00000000000000000000000000000009").some(2, Duration.ofSeconds(1)));
    delivered.clear();
    From next = new From("a", "0000000000000000000000000000000a");
    Instant begin = START.plusSeconds(1);
    List<Request> sent = List.of(next.at(begin), next.at(begin), next.at(begin));
    receive(sent.get(1), sent.get(0), sent.get(2));
    assertThat(delivered).isEqualTo(ids(sent));
  }

  /** It began on a machine whose clock is behind, or at the same time. */
  @Test
  void nobodyWaitsForWhatAnExecutionSaidAtTheTimesOfTheFormerOne() {
    receive(new From("a", "first").some(3, Duration.ofSeconds(1)));
    delivered.clear();
    From next = new From("a", "next");
    List<Request> sent = next.some(6, Duration.ofMillis(700));
    receive(sent.get(0), sent.get(1), sent.get(3), sent.get(2), sent.get(5), sent.get(4));
    assertThat(delivered)
        .containsExactly(
            sent.get(0).id(),
            sent.get(1).id(),
            sent.get(3).id(), // after 2,100 ms; the one before it lies at a time of the former
            sent.get(2).id(),
            sent.get(4).id(),
            sent.get(5).id());
    receive(sent);
    assertThat(delivered).as("repeats of what is sorted are known").hasSize(6 + 3);
  }

  @Test
  void aFastClockOfOneDoesNotSpoilTheOrderOfOthers() {
    Request far = new From("b", "1").at(START.plus(Duration.ofHours(5)));
    List<Request> sent = new From("a", "1").some(2, Duration.ofSeconds(1));
    receive(START.plusSeconds(2), far, sent.get(1), sent.get(0), sent.get(1));
    assertThat(delivered).isEqualTo(List.of("b/1#0", "a/1#0", "a/1#1"));
  }

  @Test
  void aLongBacklogIsStillSorted() {
    List<Request> sent = new From("a", "1").some(3, Duration.ofMinutes(1));
    receive(START.plus(Duration.ofDays(7)), sent.get(1), sent.get(0), sent.get(1), sent.get(2));
    assertThat(delivered).isEqualTo(ids(sent));
  }

  @Test
  void whatComesWithoutAPlaceGoesThrough() {
    From a = new From("a", "1");
    a.at(START);
    Request second = a.at(START);
    Request client = new Request("c", "op", true, null, null, null, Request.Stamp.NONE, null);
    Request scheduled =
        new Request("s", "op", true, null, second.sender(), START, Request.Stamp.NONE, null);
    Request forwarded =
        new Request(
            "f",
            null,
            false,
            null,
            second.sender(),
            null,
            second.stamp(),
            new Request.Lock(List.of(ME, ME), 1));
    receive(client, client, scheduled, scheduled, forwarded, forwarded);
    assertThat(delivered).containsExactly("c", "c", "s", "s", "f", "f");
    assertThat(sorting).isEqualTo(Sorting.NONE);
    Sorter again = new Sorter(sorting, window);
    delivered.clear();
    again.receive(scheduled, START, d -> delivered.add(d.id()), true);
    again.receive(forwarded, START, d -> delivered.add(d.id()), true);
    assertThat(delivered)
        .as("a repeat of a lock is granted, and answered, anew")
        .containsExactly("f");
  }

  @Test
  void anEmptyWindowSortsNothing() {
    window = Duration.ZERO;
    List<Request> sent = new From("a", "1").some(2, Duration.ofSeconds(1));
    receive(sent.get(1), sent.get(0), sent.get(0));
    assertThat(delivered).isEqualTo(ids(List.of(sent.get(1), sent.get(0), sent.get(0))));
    assertThat(sorting).isEqualTo(Sorting.NONE);
    assertThat(new Sorter(sorting, window).sorts()).isFalse();
  }

  /**
   * A turn that is not committed sends the first; when it runs again, at another time, the store
   * takes that for a repeat, and the second is told to wait for what never comes.
   */
  @Test
  void aPredecessorThatCameUnderAnotherTimeIsNotWaitedFor() {
    InstanceId me = new InstanceId("a");
    Request.Sender from = new Request.Sender(me, new ExecutionId("1"));
    Request early = told("first", from, new Request.Stamp(START, null));
    Instant again = START.plusSeconds(5);
    Request.Stamp behind = new Request.Stamp(again.plusSeconds(1), again, "first");
    Request second = told("second", from, behind);

    assertThat(taken(List.of(early, second), Set.of())).containsExactly("first", "second");
    Sorting one = sortingAfter(List.of(early));
    assertThat(taken(one, List.of(second), Set.of("first"))).containsExactly("second");
    assertThat(taken(one, List.of(second), Set.of())).as("not known any more").isEmpty();
  }

  @Test
  void aPredecessorThatStillWaitsUnderAnotherTimeIsWaitedFor() {
    Request.Sender from = new Request.Sender(new InstanceId("a"), new ExecutionId("1"));
    Request first = told("first", from, new Request.Stamp(START, null));
    Instant then = START.plusSeconds(1);
    Request second = told("second", from, new Request.Stamp(then, START, "first"));
    Instant again = START.plusSeconds(5);
    Request third = told("third", from, new Request.Stamp(again.plusSeconds(1), again, "second"));

    assertThat(taken(List.of(second, third), Set.of())).isEmpty();
    assertThat(taken(List.of(second, third, first), Set.of()))
        .containsExactly("first", "second", "third");
  }

  private static Request told(String id, Request.Sender from, Request.Stamp stamp) {
    return new Request(id, "op", true, null, from, null, stamp, null);
  }

  private static List<String> taken(List<Request> requests, Set<String> formerly) {
    return taken(Sorting.NONE, requests, formerly);
  }

  private static List<String> taken(Sorting before, List<Request> requests, Set<String> formerly) {
    Sorter sorter = new Sorter(before, WINDOW, formerly);
    List<String> ids = new ArrayList<>();
    requests.forEach(r -> sorter.receive(r, START.plusSeconds(10), d -> ids.add(d.id())));
    return ids;
  }

  private static Sorting sortingAfter(List<Request> requests) {
    Sorter sorter = new Sorter(Sorting.NONE, WINDOW);
    requests.forEach(r -> sorter.receive(r, START.plusSeconds(10), d -> {}));
    return sorter.after(START.plusSeconds(10));
  }

  @Test
  void stampsCountOnceTheirMessagesAreSent() {
    Sorter sorter = new Sorter(Sorting.NONE, WINDOW);
    Stamps dropped = sorter.stamps();
    dropped.next(OTHER, START);
    Stamps first = sorter.stamps();
    assertThat(first.next(OTHER, START)).isEqualTo(new Request.Stamp(START, null));
    sorter.sent(first);
    Stamps second = sorter.stamps();
    Request.Stamp refused = second.next(OTHER, START);
    second.takeBack(OTHER, refused);
    assertThat(second.next(OTHER, START)).isEqualTo(refused);
    assertThat(refused).isEqualTo(new Request.Stamp(START.plusNanos(100), START));
    sorter.sent(second);
    assertThat(sorter.after(START).lastSent()).containsEntry(OTHER, START.plusNanos(100));
  }

  @Test
  void whomNothingWasSentForLongIsForgotten() {
    Sorter sorter = new Sorter(Sorting.NONE, WINDOW);
    Stamps stamps = sorter.stamps();
    stamps.next(OTHER, START);
    sorter.sent(stamps);
    Sorting kept = sorter.after(START);
    assertThat(kept.sendHorizon()).isEqualTo(START.minus(WINDOW));
    Instant near = START.plusSeconds(9);
    assertThat(new Sorter(kept, WINDOW).after(near)).isEqualTo(kept);
    Instant later = START.plus(WINDOW).plusSeconds(11);
    Sorting after = new Sorter(kept, WINDOW).after(later);
    assertThat(after.lastSent()).isEmpty();
    assertThat(after.sendHorizon()).isEqualTo(later.minus(WINDOW));
  }

  @Test
  void payloadsOfMessagesThatWaitAreKept() {
    From a = new From("a", "1");
    a.at(START);
    Request plain = a.at(START);
    Request waiting =
        new Request("w", "op", false, new Payload("5"), plain.sender(), null, plain.stamp(), null);
    receive(waiting);
    assertThat(delivered).isEmpty();
    assertThat(sorting.received().get(new InstanceId("a")).buffered().values())
        .containsExactly(waiting);
  }
}
