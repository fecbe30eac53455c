package io.durable4j.inmemory;

import io.durable4j.spi.HubSpec;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.Version;
import java.util.Objects;
import java.util.Optional;

/** The partition table as the SPI shows it. */
final class HubPartitions implements PartitionTable {
  private final OpenHub hub;

  HubPartitions(OpenHub hub) {
    this.hub = hub;
  }

  @Override
  public Snapshot read() {
    return hub.transact(tx -> new Snapshot(tx.partitions().first(count(tx)), tx.now()));
  }

  @Override
  public Optional<PartitionRow> replace(PartitionRow next, Version seen) {
    return hub.transact(
        tx -> {
          Objects.checkIndex(next.partition(), count(tx));
          return tx.partitions().replace(next, seen);
        });
  }

  private static int count(Transaction tx) {
    HubSpec spec = Objects.requireNonNull(tx.state().spec());
    return spec.partitions();
  }
}
