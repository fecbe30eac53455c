package io.durable4j.internal.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Puts arrivals of a queue in the queue's order; results that were made here keep their places. */
final class QueueOrder {
  private QueueOrder() {}

  static List<Arrival> sorted(List<Arrival> arrivals) {
    if (arrivals.size() == 1) {
      return List.of(arrivals.get(0));
    }
    Iterator<Arrival> queued =
        arrivals.stream()
            .filter(a -> !a.local())
            .sorted(Comparator.comparingLong(a -> a.held().delivery().order()))
            .iterator();
    List<Arrival> sorted = new ArrayList<>(arrivals.size());
    for (Arrival a : arrivals) {
      sorted.add(a.local() ? a : queued.next());
    }
    return sorted;
  }
}
