package io.durable4j.internal.entity;

import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives messages their place among those of one sender. Times are multiples of 100 nanoseconds, the
 * family's resolution. One thread.
 */
public final class Stamps {
  private final Map<InstanceId, Instant> former;
  private final Map<InstanceId, Instant> sent = new TreeMap<>();

  /** Nothing was sent yet. */
  public Stamps() {
    this(Map.of());
  }

  /** Goes on from what was sent before, which it leaves as it is. */
  Stamps(Map<InstanceId, Instant> former) {
    this.former = former;
  }

  /**
   * The place of the next message.
   *
   * @param to the entity
   * @param now the sender's clock
   * @return its stamp
   */
  public Request.Stamp next(InstanceId to, Instant now) {
    Instant here = sent.get(to);
    Instant before = here == null ? former.get(to) : here;
    Instant at = EntityTime.floor(now);
    if (before != null && !at.isAfter(before)) {
      at = before.plusNanos(100);
    }
    sent.put(to, at);
    return new Request.Stamp(at, before);
  }

  /** The message that was stamped last was not sent. */
  void takeBack(InstanceId to, Request.Stamp stamp) {
    Instant before = stamp.predecessor();
    if (before == null) {
      sent.remove(to);
    } else {
      sent.put(to, before);
    }
  }

  /** The timestamp of the newest message to each instance, of those that this has stamped. */
  Map<InstanceId, Instant> sent() {
    return sent;
  }
}
