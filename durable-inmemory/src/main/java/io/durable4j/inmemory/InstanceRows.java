package io.durable4j.inmemory;

import io.durable4j.history.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a hub, by id and in the order of ids. A turn looks for its instance several
 * times, which a table makes in one step; only what begins or goes away changes the order. Guarded
 * by the hub's lock.
 */
final class InstanceRows {
  private final Map<InstanceId, InstanceRow> byId = new HashMap<>();
  private final TreeSet<InstanceId> ordered = new TreeSet<>();

  @Nullable InstanceRow get(InstanceId id) {
    return byId.get(id);
  }

  /** Answers the row that was there. */
  @Nullable InstanceRow put(InstanceId id, InstanceRow row) {
    InstanceRow old = byId.put(id, row);
    if (old == null) {
      ordered.add(id);
    }
    return old;
  }

  /** Answers the row that was there. */
  @Nullable InstanceRow remove(InstanceId id) {
    ordered.remove(id);
    return byId.remove(id);
  }

  void clear() {
    byId.clear();
    ordered.clear();
  }

  void forEach(BiConsumer<InstanceId, InstanceRow> action) {
    ordered.forEach(id -> action.accept(id, row(id)));
  }

  int size() {
    return byId.size();
  }

  private InstanceRow row(InstanceId id) {
    return Objects.requireNonNull(byId.get(id));
  }

  /**
   * The next rows in order.
   *
   * @param prefix how their ids begin; null for any
   * @param after the id before them; null for the first ones
   */
  List<InstanceRow> next(@Nullable String prefix, @Nullable InstanceId after, int max) {
    List<InstanceRow> next = new ArrayList<>();
    for (InstanceId id : tail(prefix, after)) {
      if (next.size() == max || (prefix != null && !id.value().startsWith(prefix))) {
        break;
      }
      next.add(row(id));
    }
    return next;
  }

  private NavigableSet<InstanceId> tail(@Nullable String prefix, @Nullable InstanceId after) {
    if (after != null) {
      return ordered.tailSet(after, false);
    }
    if (prefix == null || prefix.isEmpty()) {
      return ordered;
    }
    try {
      return ordered.tailSet(new InstanceId(prefix), true);
    } catch (InstanceId.InvalidIdException e) {
      return new TreeSet<>(); // no id begins so
    }
  }
}
