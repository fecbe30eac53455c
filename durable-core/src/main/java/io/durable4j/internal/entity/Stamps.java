package io.durable4j.internal.entity;

import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives messages their place among those of one sender. Times are multiples of 100 nanoseconds, the
 * family's resolution. One thread.
 */
public final class Stamps {
  private final Map<InstanceId, Instant> last = new TreeMap<>();

  /** Nothing was sent yet. */
  public Stamps() {}

  /** Goes on from what was sent before. */
  Stamps(Map<InstanceId, Instant> sent) {
    last.putAll(sent);
  }

  /**
   * A time in the resolution of the family.
   *
   * @param time any time
   * @return the last multiple of 100 nanoseconds that is not after it
   */
  public static Instant rounded(Instant time) {
    return time.minusNanos(time.getLong(ChronoField.NANO_OF_SECOND) % 100);
  }

  /**
   * The place of the next message.
   *
   * @param to the entity
   * @param now the sender's clock
   * @return its stamp
   */
  public Request.Stamp next(InstanceId to, Instant now) {
    Request.Stamp stamp = upcoming(to, now);
    sent(to, stamp);
    return stamp;
  }

  /**
   * The place that the next message would have, for a sender that may still refuse to send it.
   *
   * @param to the entity
   * @param now the sender's clock
   * @return its stamp, to be given to {@link #sent(InstanceId, Request.Stamp)} once it is sent
   */
  public Request.Stamp upcoming(InstanceId to, Instant now) {
    Instant before = last.get(to);
    Instant at = rounded(now);
    if (before != null && !at.isAfter(before)) {
      at = before.plusNanos(100);
    }
    return new Request.Stamp(at, before);
  }

  /**
   * A message was sent, now or in what is replayed.
   *
   * @param to the entity
   * @param stamp its place; one that has none changes nothing
   */
  public void sent(InstanceId to, Request.Stamp stamp) {
    Instant at = stamp.timestamp();
    if (at != null) {
      last.put(to, at);
    }
  }

  Map<InstanceId, Instant> sent() {
    return last;
  }
}
