package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.HistoryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** External events that came early, and those who wait; both first in, first out, by name. */
final class EventWaits {
  private final Map<String, ArrayDeque<Early>> early = new LinkedHashMap<>();
  private final List<Wait> waits = new ArrayList<>();
  private int came;

  /** An event that nobody waited for, and the how many-th of all it was. */
  private record Early(int place, HistoryEvent event, EventRaised body) {}

  private record Wait(String name, TaskCell<?> cell, Consumer<@Nullable Payload> taker) {
    boolean isFor(String key) {
      return key(name).equals(key);
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void raised(HistoryEvent recorded, EventRaised event) {
    String key = key(event.name());
    for (int i = 0; i < waits.size(); i++) {
      Wait w = waits.get(i);
      if (w.isFor(key)) {
        waits.remove(i);
        w.taker.accept(event.input());
        return;
      }
    }
    Early kept = new Early(came++, recorded, event);
    early.computeIfAbsent(key, k -> new ArrayDeque<>()).add(kept);
  }

  void add(String name, TaskCell<?> cell, Consumer<@Nullable Payload> taker) {
    ArrayDeque<Early> queue = early.get(key(name));
    Early event = queue == null ? null : queue.poll();
    if (event != null) {
      taker.accept(event.body().input());
    } else {
      waits.add(new Wait(name, cell, taker));
    }
  }

  /** A cancelled waiter never takes an event. */
  void withdraw(TaskCell<?> cell) {
    waits.removeIf(w -> w.cell == cell);
  }

  /** The events that no wait has taken, as they came. */
  List<HistoryEvent> early() {
    return early.values().stream()
        .flatMap(ArrayDeque::stream)
        .sorted(Comparator.comparingInt(Early::place))
        .map(Early::event)
        .toList();
  }

  List<String> awaited() {
    return waits.stream().map(Wait::name).distinct().toList();
  }
}
