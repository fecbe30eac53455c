package io.durable4j.benchmarks.load;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome.Done;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.history.InstanceId;
import java.util.List;

/**
 * Writes turns, each under the version of the one before. Nobody else writes: a client of the
 * service that tried again by itself has met its own write when the version has moved on.
 *
 * @param tables where to write
 * @param table the table's name
 */
record StepWriter(Tables tables, String table) {

  /**
   * Writes a turn, the sentinel last.
   *
   * @param etag the sentinel's version; empty when there is none
   * @return its next version
   */
  String write(InstanceId id, List<Write> writes, String etag) {
    if (tables.write(table, writes) instanceof Done done) {
      return done.etags().get(writes.size() - 1);
    }
    Found now = tables.get(table, id.value(), Sentinel.ROW_KEY);
    if (now == null || now.etag().equals(etag)) {
      throw new IllegalStateException("The rows of " + id + " were not written");
    }
    return now.etag();
  }
}
