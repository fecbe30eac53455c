package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Filters;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.format.ShownRow.Mark;
import io.durable4j.azurestorage.format.StateText;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.spi.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes an execution: sentinel first, so that no commit goes on with it; then a mark on its own
 * row, so that no creation goes on with that; history, with the sentinel in each transaction;
 * blobs; the row.
 *
 * <p>A crash anywhere after the first step leaves an instance that is gone for loads and commits
 * and shown by queries, until it is purged again or created anew. Done twice, or late by a zombie:
 * each write is conditional, and stops where another began to use the id.
 *
 * <p>Blobs are listed before the first step: those of an instance that comes to be since are not
 * among them. Blobs of messages stay, since the messages may be on their way; who consumes a
 * message deletes its blob. Only the one that the row names goes with the row.
 */
final class Purge {
  private static final int TRIES = 10;

  private final HubParts parts;
  private final InstanceReader reader;
  private final Tables tables;
  private final HistoryWriter writer;

  Purge(HubParts parts, InstanceReader reader) {
    this.parts = parts;
    this.reader = reader;
    tables = parts.account().tables();
    writer = new HistoryWriter(parts);
  }

  /** What is left of an execution that may be removed. */
  private record Rest(@Nullable Head head, @Nullable Found row) {
    boolean has() {
      return head != null || row != null;
    }
  }

  boolean purge(InstanceState seen) {
    InstanceId id = seen.id();
    for (int i = 0; i < TRIES; i++) {
      Rest rest = rest(id, seen.execution());
      if (!rest.has()) {
        return false;
      }
      PurgedBlobs blobs = PurgedBlobs.list(parts, id, rest.row(), reader.urls());
      if (rest.head() != null && !isFenced(id, rest.head())) {
        continue;
      }
      String etag = rest.row() == null ? null : marked(rest.row());
      if (rest.row() != null && etag == null) {
        continue;
      }
      if (removeHistory(id, seen.execution())) {
        blobs.delete();
        removeRow(rest.row(), etag);
      }
      return rest.row() != null || (rest.head() != null && !rest.head().isPurged());
    }
    throw new StorageException(
        "Instance " + id + " changes faster than it can be purged; try again", null);
  }

  private Rest rest(InstanceId id, ExecutionId execution) {
    Head head = reader.head(id);
    Found row = reader.row(id);
    ShownRow shown = row == null ? null : ShownRow.of(row.row());
    Found same =
        shown != null && shown.execution().equals(execution) && shown.mark() != Mark.BIRTH
            ? row
            : null;
    if (head != null && !head.isWithoutState()) {
      boolean other =
          !head.sentinel().execution().equals(execution)
              || Judgement.of(id, head, List.of(), shown) != Stand.Kind.BEGUN
              || !isRemovable(id, head);
      // a row that is behind is of the former execution, and goes with this one
      return other ? new Rest(null, null) : new Rest(head, row);
    }
    Head purged =
        head != null && head.isPurged() && head.sentinel().execution().equals(execution)
            ? head
            : null;
    boolean free = purged != null || shown == null || shown.mark() == Mark.PURGE;
    boolean ended = !free && same != null && reader.stateOf(same.row()).isRemovable();
    // another's row: what is left of this execution is behind its history
    return shown != null && same == null
        ? new Rest(null, null)
        : new Rest(purged, free || ended ? same : null);
  }

  private boolean isRemovable(InstanceId id, Head head) {
    String text = head.state();
    InstanceState state =
        text == null ? reader.load(id, null).state() : StateText.read(text, null, null);
    return state != null && state.isRemovable();
  }

  private boolean isFenced(InstanceId id, Head head) {
    Sentinel.Ours ours = new Sentinel.Ours(null, 0, List.of(), Sentinel.PURGED);
    Row row =
        Sentinel.ended(id, head.sentinel().execution(), parts.now(), ours, parts.random()).row();
    return writer.write(new HistoryWriter.Step(List.of(), row, now -> false), head.etag()) != null;
  }

  /** The row's version with the mark; null when it has changed. */
  private @Nullable String marked(Found row) {
    Row mark =
        ShownRow.marked(
            new Row(row.row().partitionKey(), InstanceRows.ROW_KEY, Map.of()), Mark.PURGE);
    return tables.write(parts.names().instancesTable(), List.of(new Write.Merge(mark, row.etag())))
            instanceof Outcome.Done done
        ? done.etags().get(0)
        : null;
  }

  /** False when another began to use the id. */
  private boolean removeHistory(InstanceId id, ExecutionId execution) {
    for (int i = 0; i < TRIES; i++) {
      Head head = reader.head(id);
      if (head == null) {
        return true;
      }
      if (!head.isPurged() || !head.sentinel().execution().equals(execution)) {
        return false;
      }
      if (removed(id, head)) {
        return true;
      }
    }
    throw new StorageException(
        "The history of instance " + id + " cannot be purged: others do so too; try again", null);
  }

  private boolean removed(InstanceId id, Head head) {
    List<Write> rows = new ArrayList<>();
    String token = null;
    do {
      Tables.Page page =
          tables.find(
              parts.names().historyTable(),
              new Tables.Find(Filters.history(id, null), List.of("PartitionKey", "RowKey"), 1000),
              token);
      for (Found f : page.rows()) {
        if (!Sentinel.is(f.row())) {
          rows.add(new Write.Delete(f.row(), Tables.ANY));
        }
      }
      token = page.next();
    } while (token != null);
    String etag = head.etag();
    int most = Tables.MAX_WRITES - 1;
    for (int from = 0; from == 0 || from < rows.size(); from += most) {
      int to = Math.min(rows.size(), from + most);
      List<Write> writes = new ArrayList<>(rows.subList(from, to));
      boolean last = to == rows.size();
      Row row = Sentinel.touched(id, head.sentinel().execution());
      writes.add(last ? new Write.Delete(row, etag) : new Write.Merge(row, etag));
      if (!(tables.write(parts.names().historyTable(), writes) instanceof Outcome.Done done)) {
        return false;
      }
      etag = done.etags().get(writes.size() - 1);
    }
    return true;
  }

  /** Where it is another's by now, it stays. */
  private void removeRow(@Nullable Found row, @Nullable String etag) {
    if (row != null && etag != null) {
      tables.write(parts.names().instancesTable(), List.of(new Write.Delete(row.row(), etag)));
    }
  }
}
