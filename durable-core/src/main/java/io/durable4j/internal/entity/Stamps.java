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

  /** The newest message to each instance, where it may be sent again under another time. */
  private final Map<InstanceId, String> newest = new TreeMap<>();

  /** Nothing was sent yet. */
  public Stamps() {
    this(Map.of());
  }

  /** Goes on from what was sent before, which it leaves as it is. */
  Stamps(Map<InstanceId, Instant> former) {
    this.former = former;
  }

  /**
   * A time in the resolution of the family.
   *
   * @param time any time
   * @return the last multiple of 100 nanoseconds that is not after it
   */
  public static Instant rounded(Instant time) {
    return EntityTime.floor(time);
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
   * @return its stamp, to be given to {@link #sent(InstanceId, Request)} once it is sent
   */
  public Request.Stamp upcoming(InstanceId to, Instant now) {
    Instant here = sent.get(to);
    Instant before = here == null ? former.get(to) : here;
    Instant at = rounded(now);
    if (before != null && !at.isAfter(before)) {
      at = before.plusNanos(100);
    }
    return new Request.Stamp(at, before, newest.get(to));
  }

  /**
   * A message was sent, now or in what is replayed.
   *
   * @param to the entity
   * @param request the message; one that has no place changes nothing
   */
  public void sent(InstanceId to, Request request) {
    if (request.stamp().timestamp() != null) {
      sent(to, request.stamp());
      newest.put(to, request.id());
    }
  }

  private void sent(InstanceId to, Request.Stamp stamp) {
    Instant at = stamp.timestamp();
    if (at != null) {
      sent.put(to, at);
    }
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
