package io.durable4j.azurestorage.store;

import io.durable4j.spi.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Places in queues that are about to become free, since their messages were consumed. One is taken
 * once. Thread-safe.
 *
 * <p>Offered are only those that their sender claimed and no queue has delivered, so that whatever
 * takes the place counts no deliveries, and young ones, so that it is a minute younger at most than
 * it tells.
 */
final class Places {
  private static final int MOST = 1_000;
  private static final Duration OLDEST = Duration.ofMinutes(1);

  private final Supplier<Instant> now;
  private final Map<String, Map<Hold, Delivery>> free = new HashMap<>();

  /**
   * @param now the time of the services
   */
  Places(Supplier<Instant> now) {
    this.now = now;
  }

  /** Offers the place of a message; false when it is of no use for another. */
  boolean offer(Delivery d) {
    Hold.Sent what = Hold.of(d).what();
    boolean unseen = what.counts().claimed() && d.attempt() == 1; // of which the sender's is one
    return unseen && what.since().isAfter(now.get().minus(OLDEST)) && add(what.queue(), d);
  }

  private synchronized boolean add(String queue, Delivery d) {
    Map<Hold, Delivery> places = free.computeIfAbsent(queue, q -> new LinkedHashMap<>());
    return places.size() < MOST && places.put(Hold.of(d), d) == null;
  }

  /** Takes the place that was offered first; null when there is none. */
  synchronized @Nullable Delivery take(String queue) {
    Map<Hold, Delivery> places = free.get(queue);
    return places == null || places.isEmpty()
        ? null
        : places.remove(places.keySet().iterator().next());
  }

  /** Takes the place of this message; false when somebody has. */
  synchronized boolean take(Delivery d) {
    Map<Hold, Delivery> places = free.get(Hold.of(d).what().queue());
    return places != null && places.remove(Hold.of(d)) != null;
  }
}
