package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.BlobNames;
import io.durable4j.azurestorage.format.BlobUrls;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.InstanceRows.Refs;
import io.durable4j.azurestorage.format.LargeText;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.format.ShownRow.Mark;
import io.durable4j.azurestorage.format.Written;
import io.durable4j.data.Payload;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.spi.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the row that queries show, where it is behind, after what the history tells is stored.
 *
 * <p>The sentinel says who may write: a state is shown over a row that was read while no later one
 * was committed, and only if the row is still the same. So whoever commits next finds either the
 * row as it knows it, or another, and then it looks again.
 *
 * <p>A crash just before: queries show the former state until the next commit or load. Just after:
 * nothing is left to do. Done twice: the row shows it already. Done late by a zombie: the row has
 * another version, or the sentinel has, and the row is left alone.
 */
final class RowWriter {
  private static final int TRIES = 5;

  private final HubParts parts;
  private final InstanceReader reader;
  private final Tables tables;
  private final BlobUrls urls;

  RowWriter(HubParts parts, InstanceReader reader) {
    this.parts = parts;
    this.reader = reader;
    tables = parts.account().tables();
    urls = reader.urls();
  }

  /**
   * Shows the state of a commit that took effect, if it is not shown already.
   *
   * @param s the state
   * @param stand the instance since the commit, and the row as it was before
   * @param rows the newest rows of its history, which may name large payloads
   * @return the row as it is now
   */
  Stand.Shown showCommitted(InstanceState s, Stand stand, List<Row> rows) {
    return isShown(s, stand.shown(), rows) ? stand.shown() : write(s, stand, refs(rows));
  }

  /**
   * Shows a state that was read, if the row that was read after it is behind. Another may have
   * committed in between, and the row may tell of that.
   */
  Stand.Shown showLoaded(InstanceState s, Stand stand, List<Row> rows) {
    return isShown(s, stand.shown(), rows) || !isNewest(stand, stand.shown())
        ? stand.shown()
        : write(s, stand, refs(rows));
  }

  private boolean isShown(InstanceState s, Stand.Shown seen, List<Row> rows) {
    ShownRow row = seen.row();
    Refs refs = refs(rows);
    return row != null
        && !row.isBehind(s, parts.options().statusEvery())
        && (refs.input() == null || refs.input().equals(row.refs().input()))
        && (refs.output() == null || refs.output().equals(row.refs().output()));
  }

  private Refs refs(List<Row> rows) {
    return new Refs(url(HistoryRows.inputBlob(rows)), url(HistoryRows.outputBlob(rows)));
  }

  private Stand.Shown write(InstanceState s, Stand stand, Refs named) {
    Stand.Shown seen = stand.shown();
    for (int i = 0; i < TRIES; i++) {
      Refs refs = refs(s, seen.row(), named);
      Written w = InstanceRows.write(s, hub(), refs, parts.random());
      parts.largeTexts().put(w.blobs());
      if (tables.write(parts.names().instancesTable(), List.of(write(w.row(), seen, s)))
          instanceof Outcome.Done done) {
        parts.wakeUps().changed(s.id(), s.status());
        return new Stand.Shown(ShownRow.of(s, refs, w.row()), done.etags().get(0));
      }
      Found now = reader.row(s.id());
      if (now == null) {
        return Stand.Shown.NOTHING; // purged since
      }
      seen = new Stand.Shown(ShownRow.of(now.row()), now.etag());
      boolean shows = now.row().columns().entrySet().containsAll(w.row().columns().entrySet());
      if (shows || !isNewest(stand, seen)) {
        return seen;
      }
    }
    throw new StorageException(
        "The row of instance " + s.id() + " changes faster than it can be written", null);
  }

  /** Whether nothing came after a state by the time that a row was read. */
  private boolean isNewest(Stand stand, Stand.Shown seen) {
    Head head = reader.head(stand.id());
    boolean same = Head.version(head).equals(stand.etag() == null ? "" : stand.etag());
    return same
        && (head == null
            || seen.row() == null
            || !Judgement.isCreatedSince(stand.id(), head, seen.row()));
  }

  private static Write write(Row row, Stand.Shown seen, InstanceState s) {
    ShownRow there = seen.row();
    if (there == null || seen.etag() == null) {
      return new Write.Insert(row);
    }
    boolean sameLife =
        there.execution().equals(s.execution())
            && there.mark() == Mark.NONE
            && (!there.isEnded() || s.status().isTerminal());
    // a merge clears nothing, and keeps what tools added
    return sameLife ? new Write.Merge(row, seen.etag()) : new Write.Replace(row, seen.etag());
  }

  /** The hub's name, by which rows of several hubs in one table are told apart. */
  private String hub() {
    return parts.names().hub().name();
  }

  private @Nullable String url(@Nullable String blob) {
    return blob == null ? null : urls.of(blob);
  }

  /** Where large payloads stand: in the history, where the row says, or in a blob of their own. */
  Refs refs(InstanceState s, @Nullable ShownRow there, Refs named) {
    Refs known =
        there != null && there.execution().equals(s.execution()) ? there.refs() : Refs.NONE;
    return new Refs(
        ref(s.id(), s.start().input(), named.input(), known.input(), "Input"),
        ref(s.id(), s.progress().output(), named.output(), known.output(), "Output"));
  }

  private @Nullable String ref(
      InstanceId id,
      @Nullable Payload payload,
      @Nullable String named,
      @Nullable String known,
      String column) {
    if (payload == null || !InstanceRows.isLarge(payload)) {
      return null;
    }
    if (named != null || known != null) {
      return named != null ? named : known;
    }
    String blob = BlobNames.instance(InstanceReader.key(id), parts.random(), column);
    parts.largeTexts().put(new LargeText(blob, payload.text()));
    return urls.of(blob);
  }
}
