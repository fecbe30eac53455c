package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Queues.Receipt;
import io.durable4j.azurestorage.format.QueueCounts;
import io.durable4j.spi.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of a message that it holds: the receipt of a {@link Delivery} and of all
 * that renewals make of it. A renewal makes a new proof and the former worthless; whoever ends the
 * message uses the newest, wherever the delivery in his hands is from. Thread-safe; no call is made
 * under its monitor.
 */
final class Hold {
  private final Queues queues;
  private final Sent what;
  private @Nullable Receipt newest;
  private boolean ending;
  private boolean gone;

  Hold(Queues queues, Sent what, Receipt receipt) {
    this.queues = queues;
    this.what = what;
    this.newest = receipt;
  }

  /**
   * A message as it stands in a queue.
   *
   * @param queue the queue's name
   * @param text its text there
   * @param blob the blob that it stands for, when that goes with it; null for most
   * @param counts what it tells of its deliveries
   * @param sequence its sequence number
   * @param episode its episode; null when it told none
   * @param since when the queue got it, or what stood in its place before
   */
  record Sent(
      String queue,
      String text,
      @Nullable String blob,
      QueueCounts counts,
      long sequence,
      @Nullable Integer episode,
      Instant since) {}

  static Hold of(Delivery d) {
    if (d.receipt() instanceof Hold hold) {
      return hold;
    }
    throw new IllegalArgumentException("No delivery of this store: " + d);
  }

  Sent what() {
    return what;
  }

  /** Holds the message for some more time; false when it is lost. */
  boolean renew(Duration lease) {
    Receipt fresh = tried(newest(), receipt -> queues.renew(what.queue(), receipt, lease));
    return fresh != null && renewed(fresh);
  }

  /** Gives the message back, and tells in its text that it did. */
  void release(Duration delay) {
    Receipt last = giveBack();
    if (last != null) {
      queues.rewrite(what.queue(), last, what.counts().release().in(what.text()), delay);
    }
  }

  /** Ends the message; false when it is lost, so that it may come again. */
  boolean delete() {
    Boolean done =
        tried(end(), receipt -> queues.delete(what.queue(), receipt) ? Boolean.TRUE : null);
    return done != null ? over() : isGone();
  }

  /**
   * Ends the message by putting another in its place.
   *
   * @return the proof of the other; null when the message is lost, so that it may come again
   */
  @Nullable Receipt replace(String text, Duration hidden) {
    Receipt other = tried(end(), receipt -> queues.rewrite(what.queue(), receipt, text, hidden));
    if (other != null) {
      over();
    }
    return other;
  }

  /** Calls with the newest proof, and again where a renewal made a newer one meanwhile. */
  private <T> @Nullable T tried(@Nullable Receipt first, Function<Receipt, @Nullable T> call) {
    Receipt with = first;
    T done = null;
    while (with != null && done == null) {
      done = call.apply(with);
      Receipt now = newest();
      with = with.equals(now) ? null : now;
    }
    return done;
  }

  private synchronized @Nullable Receipt newest() {
    return newest;
  }

  private synchronized @Nullable Receipt end() {
    ending = true;
    return newest;
  }

  private synchronized @Nullable Receipt giveBack() {
    Receipt last = newest;
    newest = null;
    return last;
  }

  private synchronized boolean over() {
    newest = null;
    gone = true;
    return true;
  }

  /** Whether it was deleted or replaced here. */
  synchronized boolean isGone() {
    return gone;
  }

  /** A deletion beside the renewal may have come with the former proof, for nothing. */
  private boolean renewed(Receipt fresh) {
    boolean ended;
    synchronized (this) {
      if (newest == null) {
        return false;
      }
      newest = fresh;
      ended = ending;
    }
    return !ended || !delete();
  }
}
