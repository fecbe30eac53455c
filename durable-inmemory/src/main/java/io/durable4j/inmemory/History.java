package io.durable4j.inmemory;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An immutable list of encoded events to which appending is cheap: a longer list shares the array
 * of the shorter one, which never looks beyond its own size. Appends happen under the hub's lock.
 */
final class History {
  static final History EMPTY = new History(new byte[0][], 0, 0);

  private final byte[][] items;
  private final int size;
  private final long bytes;

  private History(byte[][] items, int size, long bytes) {
    this.items = items;
    this.size = size;
    this.bytes = bytes;
  }

  static History of(List<byte[]> events) {
    return EMPTY.append(events);
  }

  History append(List<byte[]> more) {
    if (more.isEmpty()) {
      return this;
    }
    int grown = size + more.size();
    byte[][] target = items;
    // a slot in use means that another list already grew in this array
    if (grown > items.length || items[size] != null) {
      target = Arrays.copyOf(Arrays.copyOf(items, size), Math.max(grown, Math.max(4, size * 2)));
    }
    long added = 0;
    for (int i = 0; i < more.size(); i++) {
      target[size + i] = more.get(i);
      added += more.get(i).length + 16L;
    }
    return new History(target, grown, bytes + added);
  }

  List<byte[]> events() {
    return Collections.unmodifiableList(Arrays.asList(items).subList(0, size));
  }

  long bytes() {
    return bytes;
  }
}
