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
  /**
   * By name in small letters; a name has either the one or the other, and none stays empty. Most
   * orchestrations wait for one at a time, which needs no table.
   */
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
    ArrayDeque<Wait> waiting = waits.get(key);
    if (waiting != null) {
      Wait first = waiting.remove();
      waits = waiting.isEmpty() ? without(waits, key) : waits;
      first.cell.end(event.input());
    } else {
      early = add(early, key, new Early(came++, recorded, event));
    }
  }

  void add(String name, TaskCell<?> cell) {
    String key = key(name);
    ArrayDeque<Early> arrived = early.get(key);
    if (arrived != null) {
      Early first = arrived.remove();
      early = arrived.isEmpty() ? without(early, key) : early;
      cell.end(first.body().input());
    } else {
      waits = add(waits, key, new Wait(name, cell));
    }
  }

  /** Takes back an event that came early; null when there is none of the name. */
  @Nullable EventRaised take(String name) {
    String key = key(name);
    ArrayDeque<Early> arrived = early.get(key);
    if (arrived == null) {
      return null;
    }
    Early first = arrived.remove();
    early = arrived.isEmpty() ? without(early, key) : early;
    return first.body();
  }

  /** A cancelled waiter never takes an event. */
  @SuppressWarnings("ReferenceEquality") // it is this very task that is meant
  void withdraw(String name, TaskCell<?> cell) {
    String key = key(name);
    ArrayDeque<Wait> same = waits.get(key);
    if (same != null && same.removeIf(w -> w.cell == cell) && same.isEmpty()) {
      waits = without(waits, key);
    }
  }

  private static <E> Map<String, ArrayDeque<E>> add(
      Map<String, ArrayDeque<E>> known, String key, E element) {
    ArrayDeque<E> same = known.get(key);
    if (same != null) {
      same.add(element);
      return known;
    }
    ArrayDeque<E> first = new ArrayDeque<>(1);
    first.add(element);
    if (known.isEmpty()) {
      return Map.of(key, first);
    }
    Map<String, ArrayDeque<E>> map = known.size() == 1 ? new LinkedHashMap<>(known) : known;
    map.put(key, first);
    return map;
  }

  private static <E> Map<String, ArrayDeque<E>> without(
      Map<String, ArrayDeque<E>> known, String key) {
    if (known.size() == 1) {
      return Map.of();
    }
    known.remove(key);
    return known.size() == 1 ? Map.copyOf(known) : known;
  }

  /** The events that no wait has taken, as they came. */
  List<HistoryEvent> early() {
    return early.entrySet().stream()
        .flatMap(e -> e.getValue().stream())
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
    waits.forEach((key, same) -> same.forEach(w -> names.add(w.name)));
    return new ArrayList<>(names);
  }
}
