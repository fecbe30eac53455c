package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.history.InstanceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this opening of a hub knows of the instances that it read or wrote last. It spares reading,
 * and decides nothing: each write is conditional. Bounded by their number and by their texts.
 * Thread-safe.
 */
final class Stands {
  private final int max;
  private final long maxChars;
  private final Map<InstanceId, Stand> stands = new LinkedHashMap<>(16, 0.75f, true);
  private long chars;

  Stands(int max, long maxChars) {
    this.max = max;
    this.maxChars = maxChars;
  }

  synchronized @Nullable Stand get(InstanceId id) {
    return stands.get(id);
  }

  synchronized void put(Stand stand) {
    forget(stand.id());
    stands.put(stand.id(), stand);
    chars += charsOf(stand);
    while (stands.size() > max || chars > maxChars) {
      forget(stands.keySet().iterator().next());
    }
  }

  /** Puts another in a stand's place, unless something else is known by now. */
  synchronized void replace(Stand known, Stand next) {
    if (known.equals(stands.get(known.id()))) {
      put(next);
    }
  }

  synchronized void forget(InstanceId id) {
    Stand gone = stands.remove(id);
    if (gone != null) {
      chars -= charsOf(gone);
    }
  }

  /** The texts of a stand that may be long; the rest is about as large for each. */
  private static long charsOf(Stand stand) {
    long sum = charsOf(List.of(stand.blobs(), stand.headBlobs()));
    ShownRow row = stand.shown().row();
    if (row == null) {
      return sum;
    }
    String custom = row.customStatus();
    return sum
        + charsOf(List.of(row.awaited(), row.blobs()))
        + (custom == null ? 0 : custom.length());
  }

  private static long charsOf(Collection<List<String>> lists) {
    return lists.stream().flatMap(List::stream).mapToLong(String::length).sum();
  }
}
