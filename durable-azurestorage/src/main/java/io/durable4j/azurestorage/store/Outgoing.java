package io.durable4j.azurestorage.store;

import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows of what it sends: how many messages it has numbered, all its openings of the
 * hub together, and when those that it hid will be seen, which the queues do not tell. The times
 * are hints only: what others hid is not among them, and what was deleted meanwhile is.
 * Thread-safe.
 */
final class Outgoing {
  private static final int MOST = 10_000;

  private final Map<QueueId, TreeSet<Instant>> times = new HashMap<>();
  private final AtomicLong sequence = new AtomicLong();

  /** The number of the next message, from 1: it orders those of one second. */
  long number() {
    return sequence.incrementAndGet();
  }

  synchronized void hid(QueueId queue, Instant due) {
    TreeSet<Instant> all = times.computeIfAbsent(queue, q -> new TreeSet<>());
    all.add(due);
    if (all.size() > MOST) {
      all.pollLast();
    }
  }

  /** The next time after now; forgets those before. */
  synchronized @Nullable Instant next(QueueId queue, Instant now) {
    TreeSet<Instant> all = times.get(queue);
    if (all == null) {
      return null;
    }
    all.headSet(now, true).clear();
    return all.isEmpty() ? null : all.first();
  }
}
