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
  private final Map<InstanceId, Instant> last = new TreeMap<>();

  /** Nothing was sent yet. */
  public Stamps() {}

  /** Goes on from what was sent before. */
  Stamps(Map<InstanceId, Instant> sent) {
    last.putAll(sent);
  }

  /**
   * The place of the next message.
   *
   * @param to the entity
   * @param now the sender's clock
   * @return its stamp
   */
  public Request.Stamp next(InstanceId to, Instant now) {
    Instant before = last.get(to);
    Instant at = now.minusNanos(now.getNano() % 100);
    if (before != null && !at.isAfter(before)) {
      at = before.plusNanos(100);
    }
    last.put(to, at);
    return new Request.Stamp(at, before);
  }

  Map<InstanceId, Instant> sent() {
    return last;
  }
}
