package io.durable4j.azurestorage.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.account.Queues.Item;
import io.durable4j.azurestorage.account.Queues.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the queues of every account do. */
public abstract class QueuesContract {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(5);

  private Queues queues;
  private String queue;

  /** The account; a test makes resources of names of its own. */
  protected abstract Account account();

  /** How time goes on. */
  protected abstract Waiting waiting();

  /** A name that no other test has: a letter, then letters and digits, all lower case. */
  protected abstract String name();

  @BeforeEach
  void createQueue() {
    queues = account().queues();
    queue = name();
    queues.create(queue);
  }

  private List<Item> received(int max, Duration hidden) {
    return queues.receive(queue, max, hidden);
  }

  private Item one(Duration hidden) {
    List<Item> items = new ArrayList<>();
    waiting().until("a message is visible", () -> items.addAll(received(1, hidden)));
    return items.get(0);
  }

  private static Receipt kept(Receipt receipt) {
    return Objects.requireNonNull(receipt, "lost");
  }

  private Reason refused(Runnable call) {
    List<Reason> reasons = new ArrayList<>();
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(AccountException.class, e -> reasons.add(e.reason()));
    return reasons.get(0);
  }

  @Test
  void aQueueIsCreatedAndDeletedOnce() {
    String other = name();
    assertThat(queues.create(other)).isTrue();
    assertThat(queues.create(other)).isFalse();
    assertThat(queues.delete(other)).isTrue();
    assertThat(queues.delete(other)).isFalse();
  }

  @Test
  void callsOnAMissingQueueAreRefused() {
    queue = name();
    Receipt receipt = new Receipt("0c5ba8d0-8a85-4f80-9b94-9a3e6f1dd1b1", "AgAAAAMAAAAAAAAA");
    assertThat(refused(() -> queues.send(queue, "x", Duration.ZERO))).isEqualTo(Reason.MISSING);
    assertThat(refused(() -> received(1, SECOND))).isEqualTo(Reason.MISSING);
    assertThat(refused(() -> queues.renew(queue, receipt, SECOND))).isEqualTo(Reason.MISSING);
    assertThat(refused(() -> queues.delete(queue, receipt))).isEqualTo(Reason.MISSING);
    assertThat(refused(() -> queues.look(queue))).isEqualTo(Reason.MISSING);
  }

  @Test
  void aRefusalNamesServiceAndQueue() {
    queue = name();
    assertThatThrownBy(() -> received(1, SECOND)).hasMessageContaining(queue);
  }

  @Test
  void aMessageComesAsItWasSent() {
    String text = "{\"a\":\"<&> \u00e4 \u20ac \ud83d\ude00 ' \\\" \t  x\"}\n";
    Instant before = account().clock().instant();
    queues.send(queue, text, Duration.ZERO);
    Item item = one(LONG);
    assertThat(item.text()).isEqualTo(text);
    assertThat(item.dequeues()).isEqualTo(1);
    assertThat(item.insertedAt())
        .isBetween(
            before.minusSeconds(1).minus(waiting().precision()),
            account().clock().instant().plus(waiting().precision()));
    assertThat(item.insertedAt().getNano()).isZero();
  }

  @Test
  void anEmptyQueueGivesNothing() {
    assertThat(received(1, SECOND)).isEmpty();
  }

  @Test
  void theOldestComeFirstAndNoMoreThanAsked() {
    IntStream.range(0, 40).forEach(i -> queues.send(queue, "m" + i, Duration.ZERO));
    assertThat(received(3, LONG)).extracting(Item::text).containsExactly("m0", "m1", "m2");
    assertThat(received(Queues.MAX_RECEIVED, LONG)).hasSize(32);
    assertThat(received(Queues.MAX_RECEIVED, LONG)).hasSize(5);
    assertThat(received(Queues.MAX_RECEIVED, LONG)).isEmpty();
  }

  @Test
  void aMessageMayBeSentHidden() {
    queues.send(queue, "much later", LONG);
    queues.send(queue, "later", SECOND);
    assertThat(one(LONG).text()).isEqualTo("later");
    assertThat(received(1, LONG)).isEmpty();
  }

  @Test
  void theSenderHoldsWhatItSentHidden() {
    Receipt sent = queues.send(queue, "claimed", LONG);
    Receipt renewed = kept(queues.renew(queue, sent, LONG));
    assertThat(renewed.id()).isEqualTo(sent.id());
    assertThat(queues.delete(queue, renewed)).isTrue();
    assertThat(queues.look(queue).length()).isZero();
  }

  @Test
  void whoReceivesWhatWasSentHiddenTakesItFromTheSender() {
    Receipt sent = queues.send(queue, "claimed", SECOND);
    Item item = one(LONG);
    assertThat(item.receipt().id()).isEqualTo(sent.id());
    assertThat(queues.renew(queue, sent, LONG)).isNull();
    assertThat(queues.delete(queue, sent)).isFalse();
    assertThat(queues.delete(queue, item.receipt())).isTrue();
  }

  @Test
  void aReceivedMessageComesAgainWhenItsTimeIsOver() {
    queues.send(queue, "again", Duration.ZERO);
    Item first = one(SECOND);
    Item second = one(LONG);
    assertThat(second.dequeues()).isEqualTo(2);
    assertThat(second.receipt()).isNotEqualTo(first.receipt());
    assertThat(second.insertedAt()).isEqualTo(first.insertedAt());
    assertThat(queues.renew(queue, first.receipt(), LONG)).isNull();
    assertThat(queues.delete(queue, first.receipt())).isFalse();
    assertThat(queues.delete(queue, second.receipt())).isTrue();
  }

  @Test
  void anExpiredReceiptIsGoodWhileNobodyElseReceived() {
    queues.send(queue, "mine", Duration.ZERO);
    Item item = one(SECOND);
    waiting().until("it is visible", () -> queues.look(queue).oldest() != null);
    Receipt renewed = kept(queues.renew(queue, item.receipt(), LONG));
    assertThat(received(1, LONG)).isEmpty();
    assertThat(queues.delete(queue, renewed)).isTrue();
  }

  @Test
  void renewingKeepsTextAndCountAndGivesANewReceipt() {
    queues.send(queue, "text", Duration.ZERO);
    Item item = one(LONG);
    Receipt first = kept(queues.renew(queue, item.receipt(), LONG));
    assertThat(first.pop()).isNotEqualTo(item.receipt().pop());
    assertThat(queues.renew(queue, item.receipt(), LONG)).isNull();
    kept(queues.renew(queue, first, Duration.ZERO));
    Item again = one(LONG);
    assertThat(again.text()).isEqualTo("text");
    assertThat(again.dequeues()).isEqualTo(2);
  }

  @Test
  void rewritingChangesTheTextAndNothingElse() {
    queues.send(queue, "old", Duration.ZERO);
    Item item = one(LONG);
    Receipt rewritten = kept(queues.rewrite(queue, item.receipt(), "<new> \u20ac", LONG));
    assertThat(received(1, LONG)).isEmpty();
    assertThat(queues.rewrite(queue, item.receipt(), "late", LONG)).isNull();
    kept(queues.renew(queue, rewritten, Duration.ZERO));
    Item again = one(LONG);
    assertThat(again.text()).isEqualTo("<new> \u20ac");
    assertThat(again.dequeues()).isEqualTo(2);
    assertThat(again.insertedAt()).isEqualTo(item.insertedAt());
    String tooLarge = "x".repeat(64 * 1024 + 1);
    assertThat(refused(() -> queues.rewrite(queue, again.receipt(), tooLarge, LONG)))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void renewingCountsFromNow() {
    queues.send(queue, "text", Duration.ZERO);
    Item item = one(LONG);
    kept(queues.renew(queue, item.receipt(), SECOND));
    assertThat(one(LONG).dequeues()).isEqualTo(2);
  }

  @Test
  void aDeletedMessageIsGone() {
    queues.send(queue, "gone", Duration.ZERO);
    Item item = one(LONG);
    assertThat(queues.delete(queue, item.receipt())).isTrue();
    assertThat(queues.delete(queue, item.receipt())).isFalse();
    assertThat(queues.renew(queue, item.receipt(), LONG)).isNull();
    assertThat(received(1, LONG)).isEmpty();
  }

  @Test
  void aLookTakesNothing() {
    assertThat(queues.look(queue)).isEqualTo(new Queues.Look(0, null));
    queues.send(queue, "hidden", LONG);
    assertThat(queues.look(queue)).isEqualTo(new Queues.Look(1, null));
    queues.send(queue, "seen", Duration.ZERO);
    Queues.Look look = queues.look(queue);
    assertThat(look.length()).isEqualTo(2);
    Item item = one(LONG);
    assertThat(item.dequeues()).isEqualTo(1);
    assertThat(look.oldest()).isEqualTo(item.insertedAt());
  }

  @Test
  void aMessageTakes64KiB() {
    String most = "x".repeat(64 * 1024);
    queues.send(queue, most, Duration.ZERO);
    assertThat(one(LONG).text()).isEqualTo(most);
    assertThat(refused(() -> queues.send(queue, most + "x", Duration.ZERO)))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void sevenDaysAreTheLongest() {
    Duration week = Duration.ofDays(7);
    Receipt sent = queues.send(queue, "far", week);
    Receipt renewed = kept(queues.renew(queue, sent, week));
    assertThat(queues.delete(queue, renewed)).isTrue();
    assertThat(refused(() -> queues.send(queue, "too far", week.plus(SECOND))))
        .isEqualTo(Reason.REFUSED);
  }

  @Test
  void countsOutOfRangeAreRefused() {
    assertThat(refused(() -> received(0, SECOND))).isEqualTo(Reason.REFUSED);
    assertThat(refused(() -> received(33, SECOND))).isEqualTo(Reason.REFUSED);
  }
}
