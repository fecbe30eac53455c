package io.durable4j.azurestorage.format;

import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.Version;
import io.durable4j.spi.WorkerId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owns which partition, as rows of the partitions table: one each, by its control queue. */
public final class PartitionRows {
  private static final String OWNER = "CurrentOwner";
  private static final String NEXT_OWNER = "NextOwner";
  private static final String OWNED_SINCE = "OwnedSince";
  private static final String RENEWED = "LastRenewal";
  private static final String EXPIRES = "ExpiresAt";
  private static final String DRAINING = "IsDraining";

  private PartitionRows() {}

  /**
   * The row of a partition that nobody ever owned, to be inserted.
   *
   * @param names the hub's names
   * @param partition which partition
   * @return the row
   */
  public static Row created(HubNames names, int partition) {
    return new Row("", names.controlQueue(partition), Map.of(DRAINING, false));
  }

  /**
   * A row of the SPI as a row of the table, to replace the one that was seen.
   *
   * @param names the hub's names
   * @param next what is written
   * @param seen what was there
   * @param now the time
   * @return the row; its end is rounded down to units of 100 ns
   */
  public static Row write(HubNames names, PartitionRow next, Row seen, Instant now) {
    Map<String, Object> columns = new LinkedHashMap<>();
    WorkerId owner = next.owner();
    text(columns, OWNER, owner == null ? null : owner.value());
    WorkerId nextOwner = next.nextOwner();
    text(columns, NEXT_OWNER, nextOwner == null ? null : nextOwner.value());
    boolean claimed = owner != null && next.epoch() != epoch(seen);
    Instant expires = Times.inTable(next.expiresAt());
    boolean renewed = owner != null && !expires.equals(seen.time(EXPIRES));
    time(columns, OWNED_SINCE, claimed ? now : seen.time(OWNED_SINCE));
    time(columns, RENEWED, claimed || renewed ? now : seen.time(RENEWED));
    time(columns, EXPIRES, expires);
    columns.put(DRAINING, next.draining());
    columns.put(Extras.EPOCH, next.epoch());
    return new Row("", names.controlQueue(next.partition()), columns);
  }

  /**
   * Reads a row.
   *
   * @param partition which partition's it is
   * @param row the row
   * @param version the row's version
   * @return the row as the SPI has it
   */
  public static PartitionRow read(int partition, Row row, Version version) {
    Instant expires = row.time(EXPIRES);
    return new PartitionRow(
        partition,
        worker(row.text(OWNER)),
        worker(row.text(NEXT_OWNER)),
        row.flag(DRAINING),
        expires == null ? Instant.EPOCH : expires,
        epoch(row),
        version);
  }

  /**
   * The partition of a row.
   *
   * @param names the hub's names
   * @param row a row
   * @return from 0; below 0 when it is none of this hub's
   */
  public static int partition(HubNames names, Row row) {
    return names.controlQueues().indexOf(row.rowKey());
  }

  /**
   * Other engines do not count claims, and take the count away when they replace the row; but the
   * time of a claim only grows, and so does this number, whoever claims.
   */
  private static long epoch(Row row) {
    Instant since = row.time(OWNED_SINCE);
    return row.number(Extras.EPOCH, since == null ? 0 : Times.ticks(since));
  }

  private static @Nullable WorkerId worker(@Nullable String name) {
    return name == null || name.isEmpty() ? null : new WorkerId(name);
  }

  private static void text(Map<String, Object> columns, String name, @Nullable String value) {
    if (value != null) {
      columns.put(name, value);
    }
  }

  private static void time(Map<String, Object> columns, String name, @Nullable Instant value) {
    if (value != null) {
      columns.put(name, Times.inTable(value));
    }
  }
}
