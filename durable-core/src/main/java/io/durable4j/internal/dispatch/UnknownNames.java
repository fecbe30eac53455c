package io.durable4j.internal.dispatch;

import io.durable4j.history.MessageId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges activities that this worker does not know: whether another takes them, or nobody will. A
 * message counts as nobody's when it is older than the grace time and this worker saw it half of
 * that time ago already: whoever knows its name had that long to take it. After that the others of
 * its name need their age only. So a long queue of activities that another worker is busy with
 * harms nobody, as long as it moves. Thread-safe.
 */
final class UnknownNames {
  private static final int MAX_SEEN = 10_000;

  private final long graceNanos;
  private final Map<MessageId, Long> firstSeen = new LinkedHashMap<>();
  private final Map<String, Long> nobodys = new TreeMap<>();

  UnknownNames(Duration grace) {
    this.graceNanos = grace.toNanos();
  }

  /**
   * Judges one.
   *
   * @param name its name
   * @param id the message
   * @param age how old it is
   * @param nanos now
   * @return whether nobody will take it
   */
  synchronized boolean isNobodys(String name, MessageId id, Duration age, long nanos) {
    Long proved = nobodys.get(name);
    boolean known = proved != null && nanos - proved < graceNanos;
    Long seen = firstSeen.get(id);
    if (seen == null) {
      seen = nanos;
      see(id, nanos);
    }
    if (age.toNanos() < graceNanos || (!known && nanos - seen < graceNanos / 2)) {
      return false;
    }
    firstSeen.remove(id);
    nobodys.put(name, nanos);
    return true;
  }

  /** Keeps the oldest, unless they are so old that somebody must have taken them. */
  private void see(MessageId id, long nanos) {
    Iterator<Long> oldest = firstSeen.values().iterator();
    while (oldest.hasNext() && nanos - oldest.next() > 4 * graceNanos) {
      oldest.remove();
    }
    if (firstSeen.size() < MAX_SEEN) {
      firstSeen.put(id, nanos);
    }
  }

  /** Whether some name was found to be nobody's a short while ago. */
  synchronized boolean someAreNobodys(long nanos) {
    nobodys.values().removeIf(proved -> nanos - proved >= graceNanos);
    return !nobodys.isEmpty();
  }
}
