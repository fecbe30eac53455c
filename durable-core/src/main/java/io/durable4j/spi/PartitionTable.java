package io.durable4j.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of who owns which partition; changed by compare-and-set only. */
public interface PartitionTable {
  /**
   * Reads all rows.
   *
   * @return one row a partition, in order, and the store's clock
   */
  Snapshot read();

  /**
   * Replaces a row if it is still the one that was seen. Thrown: unknown; read before anything
   * else.
   *
   * @param next the new row; its version is ignored
   * @param seen the version that the change is based on
   * @return the row as stored; empty when another was faster
   */
  Optional<PartitionRow> replace(PartitionRow next, Version seen);

  /**
   * The table at one moment.
   *
   * @param rows the rows
   * @param now the store's clock
   */
  record Snapshot(List<PartitionRow> rows, Instant now) {
    /** Copies the rows. */
    public Snapshot {
      rows = List.copyOf(rows);
    }
  }
}
