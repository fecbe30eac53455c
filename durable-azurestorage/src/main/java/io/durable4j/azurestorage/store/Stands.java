package io.durable4j.azurestorage.store;

import io.durable4j.history.InstanceId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this opening of a hub knows of the instances that it read or wrote last. It spares reading,
 * and decides nothing: each write is conditional. Thread-safe.
 */
final class Stands {
  private final int max;
  private final Map<InstanceId, Stand> stands = new LinkedHashMap<>(16, 0.75f, true);

  Stands(int max) {
    this.max = max;
  }

  synchronized @Nullable Stand get(InstanceId id) {
    return stands.get(id);
  }

  synchronized void put(Stand stand) {
    stands.put(stand.id(), stand);
    if (stands.size() > max) {
      stands.remove(stands.keySet().iterator().next());
    }
  }

  /** Puts another in a stand's place, unless something else is known by now. */
  synchronized void replace(Stand known, Stand next) {
    stands.replace(known.id(), known, next);
  }

  synchronized void forget(InstanceId id) {
    stands.remove(id);
  }
}
