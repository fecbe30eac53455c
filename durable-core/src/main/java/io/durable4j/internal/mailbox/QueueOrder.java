package io.durable4j.internal.mailbox;

import io.durable4j.history.EventBody.TimerFired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Puts arrivals of a queue in the queue's order; results that were made here keep their places.
 * Timers that come together are due together, after an outage say: among their places they stand in
 * the order of their due times, so that the earlier one fires first.
 */
public final class QueueOrder {
  private static final Comparator<Arrival> BY_PLACE =
      Comparator.comparingLong(a -> a.held().delivery().order());

  private static final Comparator<Arrival> BY_DUE_TIME = Comparator.comparing(QueueOrder::dueTime);

  private QueueOrder() {}

  /**
   * Puts arrivals in order.
   *
   * @param arrivals arrivals of one queue; not changed
   * @return a list of its own
   */
  public static List<Arrival> sorted(List<Arrival> arrivals) {
    if (arrivals.size() == 1) {
      return List.of(arrivals.get(0));
    }
    List<Arrival> queued = new ArrayList<>(arrivals.size());
    List<Arrival> timers = new ArrayList<>();
    for (Arrival a : arrivals) {
      if (!a.local()) {
        queued.add(a);
      }
      if (isTimer(a)) {
        timers.add(a);
      }
    }
    queued.sort(BY_PLACE);
    timers.sort(BY_DUE_TIME.thenComparing(BY_PLACE));
    Iterator<Arrival> nextQueued = queued.iterator();
    Iterator<Arrival> nextTimer = timers.iterator();
    List<Arrival> sorted = new ArrayList<>(arrivals.size());
    for (Arrival a : arrivals) {
      Arrival here = a.local() ? a : nextQueued.next();
      sorted.add(isTimer(here) ? nextTimer.next() : here);
    }
    return sorted;
  }

  /** Timers come by the queue only. */
  private static boolean isTimer(Arrival a) {
    return !a.local() && a.message().event().body() instanceof TimerFired;
  }

  private static Instant dueTime(Arrival timer) {
    return timer.message().event().body() instanceof TimerFired t ? t.fireAt() : Instant.MAX;
  }
}
