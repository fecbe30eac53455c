package io.durable4j.inmemory;

import io.durable4j.spi.Fence;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the partition table. They live as long as the process: who owned a partition before a
 * restart cannot act any more. Guarded by the hub's lock.
 */
final class PartitionRows {
  private final List<PartitionRow> rows = new ArrayList<>();
  private long version;

  /** Makes all rows free; an epoch that was used in this process is not used again. */
  void reset(int count) {
    for (int p = 0; p < count; p++) {
      long epoch = p < rows.size() ? rows.get(p).epoch() : 0;
      PartitionRow free =
          new PartitionRow(p, null, null, false, Instant.EPOCH, epoch, nextVersion());
      if (p < rows.size()) {
        rows.set(p, free);
      } else {
        rows.add(free);
      }
    }
  }

  List<PartitionRow> first(int count) {
    return List.copyOf(rows.subList(0, count));
  }

  Optional<PartitionRow> replace(PartitionRow next, Version seen) {
    PartitionRow current = rows.get(next.partition());
    if (!current.version().equals(seen)) {
      return Optional.empty();
    }
    PartitionRow stored =
        new PartitionRow(
            next.partition(),
            next.owner(),
            next.nextOwner(),
            next.draining(),
            next.expiresAt(),
            next.epoch(),
            nextVersion());
    rows.set(next.partition(), stored);
    return Optional.of(stored);
  }

  boolean matches(Fence fence) {
    if (fence.partition() < 0 || fence.partition() >= rows.size()) {
      return false;
    }
    PartitionRow row = rows.get(fence.partition());
    return fence.owner().equals(row.owner()) && fence.epoch() == row.epoch();
  }

  private Version nextVersion() {
    return new Version(Long.toString(++version));
  }
}
