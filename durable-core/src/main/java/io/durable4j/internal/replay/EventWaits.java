package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** External events that came early, and those who wait; both first in, first out, by name. */
final class EventWaits {
  private final Map<String, ArrayDeque<EventRaised>> early = new LinkedHashMap<>();
  private final List<Wait> waits = new ArrayList<>();

  private record Wait(String name, TaskCell<?> cell, Consumer<@Nullable Payload> taker) {
    boolean isFor(String key) {
      return key(name).equals(key);
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void raised(EventRaised event) {
    String key = key(event.name());
    for (int i = 0; i < waits.size(); i++) {
      Wait w = waits.get(i);
      if (w.isFor(key)) {
        waits.remove(i);
        w.taker.accept(event.input());
        return;
      }
    }
    early.computeIfAbsent(key, k -> new ArrayDeque<>()).add(event);
  }

  void add(String name, TaskCell<?> cell, Consumer<@Nullable Payload> taker) {
    ArrayDeque<EventRaised> queue = early.get(key(name));
    EventRaised event = queue == null ? null : queue.poll();
    if (event != null) {
      taker.accept(event.input());
    } else {
      waits.add(new Wait(name, cell, taker));
    }
  }

  /** A cancelled waiter never takes an event. */
  void withdraw(TaskCell<?> cell) {
    waits.removeIf(w -> w.cell == cell);
  }

  List<String> awaited() {
    return waits.stream().map(Wait::name).distinct().toList();
  }
}
