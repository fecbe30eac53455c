package io.durable4j.inmemory;

import io.durable4j.history.MessageId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One queue. Messages that may be received are kept by their place, hidden ones (not due yet, or
 * leased) by the time at which they become visible, so that a receive touches only what is due.
 */
final class MessageQueue {
  private final Map<MessageId, Entry> byId = new HashMap<>();
  private final TreeMap<Long, Entry> visible = new TreeMap<>();

  /** The visible ones of each name, so that a receive passes over no backlog of other names. */
  private final Map<String, TreeMap<Long, Entry>> visibleByName = new HashMap<>();

  private final TreeSet<Entry> hidden =
      new TreeSet<>(
          Comparator.comparing((Entry e) -> e.from).thenComparingLong(e -> e.row.order()));

  /**
   * A message in the queue. Attempts are durable, and count no delivery that was given back; the
   * rest of the mutable members is volatile.
   */
  static final class Entry {
    private final MessageRow row;
    private final long position;
    private int attempts;
    private int released;
    private Instant from;
    private boolean visible;
    private @Nullable Receipt receipt;

    private Entry(MessageRow row, long position) {
      this.row = row;
      this.position = position;
      this.attempts = row.attempts();
      this.from = row.visibleAt();
    }

    MessageRow row() {
      return row;
    }

    long position() {
      return position;
    }

    int attempts() {
      return attempts;
    }

    void attempts(int count) {
      attempts = count;
    }

    int released() {
      return released;
    }

    boolean heldBy(@Nullable Object proof) {
      return receipt != null && receipt == proof;
    }

    boolean leasedAt(Instant now) {
      return receipt != null && from.isAfter(now);
    }
  }

  void put(MessageRow row, long position) {
    Entry e = new Entry(row, position);
    byId.put(row.id(), e);
    hidden.add(e);
  }

  @Nullable Entry remove(MessageId id) {
    Entry e = byId.remove(id);
    if (e != null) {
      detach(e);
    }
    return e;
  }

  @Nullable Entry find(MessageId id) {
    return byId.get(id);
  }

  Collection<Entry> entries() {
    return byId.values();
  }

  int size() {
    return byId.size();
  }

  /** The first visible messages, in order; they stay where they are. */
  List<Entry> select(Instant now, int max, @Nullable Set<String> names) {
    promote(now);
    if (names == null) {
      return visible.values().stream().limit(max).toList();
    }
    TreeMap<Long, Entry> first = new TreeMap<>();
    addFirst(first, max, "");
    names.forEach(name -> addFirst(first, max, name));
    return List.copyOf(first.values());
  }

  /** Adds the first of a name, and keeps no more than the first of all. */
  private void addFirst(NavigableMap<Long, Entry> first, int max, String name) {
    for (Entry e : visibleByName.getOrDefault(name, new TreeMap<>()).values()) {
      if (first.size() == max && first.lastKey() < e.row.order()) {
        return;
      }
      first.put(e.row.order(), e);
      if (first.size() > max) {
        first.pollLastEntry();
      }
    }
  }

  /** Messages without a name are for whoever comes. */
  private static String nameOf(Entry e) {
    return e.row.name() == null ? "" : e.row.name();
  }

  /** Hides a message from everybody but the holder of the receipt. */
  void lease(Entry e, Instant until, Receipt receipt) {
    e.receipt = receipt;
    hide(e, until);
  }

  void prolong(Entry e, Instant until) {
    hide(e, until);
  }

  void release(Entry e, Instant from) {
    e.released++;
    e.receipt = null;
    hide(e, from);
  }

  @Nullable Instant nextVisible(Instant now) {
    promote(now);
    return hidden.isEmpty() ? null : hidden.first().from;
  }

  @Nullable Entry oldestVisible(Instant now) {
    promote(now);
    return visible.isEmpty() ? null : visible.firstEntry().getValue();
  }

  private void promote(Instant now) {
    while (!hidden.isEmpty() && !hidden.first().from.isAfter(now)) {
      Entry e = hidden.pollFirst();
      e.visible = true;
      visible.put(e.row.order(), e);
      visibleByName.computeIfAbsent(nameOf(e), n -> new TreeMap<>()).put(e.row.order(), e);
    }
  }

  private void hide(Entry e, Instant from) {
    detach(e);
    e.from = from;
    hidden.add(e);
  }

  private void detach(Entry e) {
    if (!e.visible) {
      hidden.remove(e);
      return;
    }
    e.visible = false;
    visible.remove(e.row.order());
    TreeMap<Long, Entry> same = visibleByName.get(nameOf(e));
    if (same != null && same.remove(e.row.order()) != null && same.isEmpty()) {
      visibleByName.remove(nameOf(e));
    }
  }
}
