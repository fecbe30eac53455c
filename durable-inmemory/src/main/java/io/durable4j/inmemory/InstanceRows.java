package io.durable4j.inmemory;

import io.durable4j.history.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a hub, by id and in the order of ids. A turn looks for its instance several
 * times, which a table makes in one step; only what begins or goes away changes the order. Guarded
 * by the hub's lock.
 */
final class InstanceRows {
  private final Map<InstanceId, Slot> byId = new HashMap<>();
  private final TreeMap<InstanceId, Slot> ordered = new TreeMap<>();

  private static final class Slot {
    private InstanceRow row;

    Slot(InstanceRow row) {
      this.row = row;
    }
  }

  @Nullable InstanceRow get(InstanceId id) {
    Slot slot = byId.get(id);
    return slot == null ? null : slot.row;
  }

  /** Answers the row that was there. */
  @Nullable InstanceRow put(InstanceId id, InstanceRow row) {
    Slot slot = byId.get(id);
    if (slot == null) {
      slot = new Slot(row);
      byId.put(id, slot);
      ordered.put(id, slot);
      return null;
    }
    InstanceRow old = slot.row;
    slot.row = row;
    return old;
  }

  /** Answers the row that was there. */
  @Nullable InstanceRow remove(InstanceId id) {
    Slot slot = byId.remove(id);
    ordered.remove(id);
    return slot == null ? null : slot.row;
  }

  void clear() {
    byId.clear();
    ordered.clear();
  }

  void forEach(BiConsumer<InstanceId, InstanceRow> action) {
    ordered.forEach((id, slot) -> action.accept(id, slot.row));
  }

  int size() {
    return byId.size();
  }

  /**
   * The next rows in order.
   *
   * @param prefix how their ids begin; null for any
   * @param after the id before them; null for the first ones
   */
  List<InstanceRow> next(@Nullable String prefix, @Nullable InstanceId after, int max) {
    List<InstanceRow> next = new ArrayList<>();
    for (var e : tail(prefix, after).entrySet()) {
      if (next.size() == max || (prefix != null && !e.getKey().value().startsWith(prefix))) {
        break;
      }
      next.add(e.getValue().row);
    }
    return next;
  }

  private NavigableMap<InstanceId, Slot> tail(@Nullable String prefix, @Nullable InstanceId after) {
    if (after != null) {
      return ordered.tailMap(after, false);
    }
    if (prefix == null || prefix.isEmpty()) {
      return ordered;
    }
    try {
      return ordered.tailMap(new InstanceId(prefix), true);
    } catch (InstanceId.InvalidIdException e) {
      return new TreeMap<>(); // no id begins so
    }
  }
}
