package io.durable4j.internal.mailbox;

import io.durable4j.spi.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with its deadline. Exactly one custodian renews it at a time; the deadline counts from
 * before the request. Thread-safe.
 */
public final class Held {
  private volatile Delivery delivery;
  private volatile long deadlineNanos;
  private volatile boolean lost;

  /**
   * A fresh delivery.
   *
   * @param delivery what is held
   * @param deadlineNanos until when
   */
  public Held(Delivery delivery, long deadlineNanos) {
    this.delivery = delivery;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * The delivery with its newest receipt.
   *
   * @return the delivery
   */
  public Delivery delivery() {
    return delivery;
  }

  /**
   * Until when it is surely ours.
   *
   * @return monotonic nanoseconds
   */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /**
   * Takes the answer of a renewal. A later delivery of the same message, which this worker holds
   * too, does not count: this one is lost all the same.
   *
   * @param renewed the delivery of this message that is still held, with a fresh receipt; or null
   * @param until the new deadline
   */
  public void renewed(@Nullable Delivery renewed, long until) {
    if (renewed == null || renewed.attempt() != delivery.attempt()) {
      lost = true;
    } else {
      delivery = renewed;
      deadlineNanos = until;
    }
  }

  /** Another has it now. */
  public void markLost() {
    lost = true;
  }

  /**
   * Whether another has it now.
   *
   * @return true once lost
   */
  public boolean isLost() {
    return lost;
  }
}
