package io.durable4j.internal.replay;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.HistoryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** External events that came early, and those who wait; both first in, first out, by name. */
final class EventWaits {
  /** By name in small letters; a name has either the one or the other, and none stays empty. */
  private Map<String, ArrayDeque<Early>> early = Map.of();

  private Map<String, ArrayDeque<Wait>> waits = Map.of();
  private int came;

  /** An event that nobody waited for, and the how many-th of all it was. */
  private record Early(int place, HistoryEvent event, EventRaised body) {}

  private record Wait(String name, TaskCell<?> cell) {}

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void raised(HistoryEvent recorded, EventRaised event) {
    String key = key(event.name());
    Wait wait = poll(waits, key);
    if (wait != null) {
      wait.cell.end(event.input());
    } else {
      early = add(early, key, new Early(came++, recorded, event));
    }
  }

  void add(String name, TaskCell<?> cell) {
    String key = key(name);
    Early event = poll(early, key);
    if (event != null) {
      cell.end(event.body().input());
    } else {
      waits = add(waits, key, new Wait(name, cell));
    }
  }

  /** A cancelled waiter never takes an event. */
  @SuppressWarnings("ReferenceEquality") // it is this very task that is meant
  void withdraw(String name, TaskCell<?> cell) {
    String key = key(name);
    ArrayDeque<Wait> same = waits.get(key);
    if (same != null && same.removeIf(w -> w.cell == cell) && same.isEmpty()) {
      waits.remove(key);
    }
  }

  /** The map with one more; most orchestrations never need one. */
  private static <E> Map<String, ArrayDeque<E>> add(
      Map<String, ArrayDeque<E>> known, String key, E element) {
    Map<String, ArrayDeque<E>> map = known.isEmpty() ? new LinkedHashMap<>() : known;
    map.computeIfAbsent(key, k -> new ArrayDeque<>(1)).add(element);
    return map;
  }

  private static <E> @Nullable E poll(Map<String, ArrayDeque<E>> map, String key) {
    ArrayDeque<E> queue = map.get(key);
    if (queue == null) {
      return null;
    }
    E first = queue.poll();
    if (queue.isEmpty()) {
      map.remove(key);
    }
    return first;
  }

  /** The events that no wait has taken, as they came. */
  List<HistoryEvent> early() {
    return early.values().stream()
        .flatMap(ArrayDeque::stream)
        .sorted(Comparator.comparingInt(Early::place))
        .map(Early::event)
        .toList();
  }

  /** The names that are waited for, in the order in which the waiting for each began. */
  List<String> awaited() {
    if (waits.isEmpty()) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>();
    for (ArrayDeque<Wait> same : waits.values()) {
      for (Wait w : same) {
        names.add(w.name);
      }
    }
    return new ArrayList<>(names);
  }
}
