package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.history.InstanceId;
import io.durable4j.spi.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of a history, each transaction with the sentinel, whose version is that of the one
 * before: of two writers, one fails.
 *
 * <p>A crash just before a transaction: nothing of it is there. Just after: all of it; what that
 * means says the sentinel, which is part of it. Done twice: the second time the version has moved
 * on, and the sentinel tells whether it was by the first. Done late by a zombie: the version has
 * moved on, so no effect.
 */
final class HistoryWriter {
  private final Tables tables;
  private final String table;

  HistoryWriter(HubParts parts) {
    tables = parts.account().tables();
    table = parts.names().historyTable();
  }

  /**
   * One transaction.
   *
   * @param rows the rows; those without columns are deleted
   * @param sentinel the sentinel, to be merged
   * @param isDone whether a sentinel says that this very transaction was the last
   */
  record Step(List<Row> rows, Row sentinel, Predicate<Row> isDone) {}

  /** Whether a sentinel is that of a whole commit. */
  static Predicate<Row> of(CommitId commit, LargeTexts texts) {
    return row -> {
      Sentinel.Ours ours = Sentinel.read(row, texts::get).ours();
      return ours != null && commit.equals(ours.commit());
    };
  }

  /** The rows from {@code end} on to {@code there} as deletions, the last first. */
  static List<Row> tail(InstanceId id, int end, int there) {
    List<Row> rows = new ArrayList<>();
    for (int i = there - 1; i >= end; i--) {
      rows.add(HistoryRows.at(id, i));
    }
    return rows;
  }

  /**
   * Writes one transaction.
   *
   * @param etag the version that it is based on; null for none
   * @return the new version; null when another wrote since
   */
  @Nullable String write(Step step, @Nullable String etag) {
    List<Write> writes = new ArrayList<>(step.rows().size() + 1);
    for (Row row : step.rows()) {
      writes.add(
          row.columns().isEmpty()
              ? new Write.Delete(row, Tables.ANY)
              : new Write.InsertOrReplace(row));
    }
    Row sentinel = step.sentinel();
    writes.add(etag == null ? new Write.Insert(sentinel) : new Write.Merge(sentinel, etag));
    if (tables.write(table, writes) instanceof Outcome.Done done) {
      return done.etags().get(writes.size() - 1);
    }
    Found now = tables.get(table, sentinel.partitionKey(), Sentinel.ROW_KEY);
    return now != null && step.isDone().test(now.row()) ? now.etag() : null;
  }
}
