package io.durable4j.internal.inbox;

import io.durable4j.history.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Ids of messages, each once, in the order in which they came. They are held as numbers, two for
 * each id, since a long history has many. One thread at a time.
 */
final class KnownMessages {
  /** As many are found quickly one after the other. */
  private static final int FEW = 16;

  private static final int[] NO_PLACES = {};

  private long[] ids = new long[2];
  private int size;

  /** By hash the place of an id, plus one; at least half of it is 0. Empty for a few ids. */
  private int[] places = NO_PLACES;

  /** Adds an id; answers whether it was new. */
  boolean add(MessageId id) {
    UUID value = id.value();
    if (placeOf(value) >= 0) {
      return false;
    }
    if (2 * size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * (size + size / 2 + 1));
    }
    ids[2 * size] = value.getMostSignificantBits();
    ids[2 * size + 1] = value.getLeastSignificantBits();
    size++;
    if (size > FEW) {
      hash();
    }
    return true;
  }

  boolean contains(MessageId id) {
    return placeOf(id.value()) >= 0;
  }

  int size() {
    return size;
  }

  /** The newest of them, in order. */
  List<MessageId> newest(int most) {
    List<MessageId> newest = new ArrayList<>(Math.min(most, size));
    for (int i = Math.max(0, size - most); i < size; i++) {
      newest.add(new MessageId(new UUID(ids[2 * i], ids[2 * i + 1])));
    }
    return newest;
  }

  private int placeOf(UUID id) {
    if (size > FEW) {
      return places[slotOf(id.getMostSignificantBits(), id.getLeastSignificantBits())] - 1;
    }
    for (int i = 0; i < size; i++) {
      if (is(i, id.getMostSignificantBits(), id.getLeastSignificantBits())) {
        return i;
      }
    }
    return -1;
  }

  private boolean is(int place, long high, long low) {
    return ids[2 * place] == high && ids[2 * place + 1] == low;
  }

  /** The slot that holds the id, or is free for it. */
  private int slotOf(long high, long low) {
    int mask = places.length - 1;
    int slot = Long.hashCode(high ^ low) & mask;
    while (places[slot] != 0 && !is(places[slot] - 1, high, low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Takes the last id into the table, or all of them into a larger one. */
  private void hash() {
    int from = size - 1;
    if (2 * size > places.length) {
      places = new int[4 * Integer.highestOneBit(size)];
      from = 0;
    }
    for (int i = from; i < size; i++) {
      places[slotOf(ids[2 * i], ids[2 * i + 1])] = i + 1;
    }
  }
}
