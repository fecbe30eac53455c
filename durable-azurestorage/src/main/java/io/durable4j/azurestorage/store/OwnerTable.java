package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Find;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.HubNames;
import io.durable4j.azurestorage.format.PartitionRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which partition, in a table of the services. A row's version is its ETag; whoever writes
 * names the one that he saw.
 *
 * <p>A crash just before a replacement: nothing has changed. Just after: it is there, and whoever
 * reads sees it. Done twice, or late: another's, since the version moved on. A client of the
 * service that tried again by itself may meet its own write, and is told that another was faster:
 * its next reading shows who the owner is.
 */
final class OwnerTable implements PartitionTable {
  private static final Find ALL = new Find("", List.of(), 1000);

  private final HubParts parts;
  private final Tables tables;
  private final HubNames names;

  /** What was read last, by partition: a replacement needs columns that the SPI does not have. */
  private final Map<Integer, Found> seen = new HashMap<>();

  OwnerTable(HubParts parts) {
    this.parts = parts;
    this.tables = parts.account().urgentTables();
    this.names = parts.names();
  }

  /** The rows that there are, by partition; null for those that are not. */
  static List<@Nullable Found> rows(Tables tables, HubNames names) {
    List<@Nullable Found> rows = new ArrayList<>();
    for (int p = 0; p < names.hub().partitions(); p++) {
      rows.add(null);
    }
    String token = null;
    do {
      Tables.Page page = tables.find(names.partitionsTable(), ALL, token);
      for (Found found : page.rows()) {
        int partition = PartitionRows.partition(names, found.row());
        if (partition >= 0) {
          rows.set(partition, found);
        }
      }
      token = page.next();
    } while (token != null);
    return rows;
  }

  @Override
  public Snapshot read() {
    Instant now = parts.now();
    List<PartitionRow> rows = new ArrayList<>();
    for (Found found : rows(tables, names)) {
      if (found == null) {
        throw new HubException(
            Reason.UNUSABLE,
            "Table "
                + names.partitionsTable()
                + " has no row of "
                + names.controlQueue(rows.size())
                + " any more; create the hub again to complete it");
      }
      saw(rows.size(), found);
      rows.add(PartitionRows.read(rows.size(), found.row(), new Version(found.etag())));
    }
    return new Snapshot(rows, now);
  }

  @Override
  public Optional<PartitionRow> replace(PartitionRow next, Version version) {
    Found there = seen(next.partition(), version);
    if (there == null) {
      return Optional.empty();
    }
    Row row = PartitionRows.write(names, next, there.row(), parts.now());
    Outcome outcome =
        tables.write(names.partitionsTable(), List.of(new Write.Replace(row, version.value())));
    if (!(outcome instanceof Outcome.Done done)) {
      return Optional.empty();
    }
    String etag = done.etags().get(0);
    saw(next.partition(), new Found(row, etag));
    return Optional.of(PartitionRows.read(next.partition(), row, new Version(etag)));
  }

  /** The row of that version; null when it has another by now. */
  private @Nullable Found seen(int partition, Version version) {
    Found known = known(partition);
    if (known == null || !known.etag().equals(version.value())) {
      known = tables.get(names.partitionsTable(), "", names.controlQueue(partition));
    }
    return known == null || !known.etag().equals(version.value()) ? null : known;
  }

  private synchronized @Nullable Found known(int partition) {
    return seen.get(partition);
  }

  private synchronized void saw(int partition, Found found) {
    seen.put(partition, found);
  }
}
