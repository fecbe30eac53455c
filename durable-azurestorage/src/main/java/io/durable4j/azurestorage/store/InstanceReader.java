package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.format.BlobUrls;
import io.durable4j.azurestorage.format.Filters;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.InstanceReading;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.Keys;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.spi.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an instance from its two tables: the history with the sentinel, and then the row of its
 * own. Which of the two tells of it, {@link Judgement} says. Writes nothing.
 */
final class InstanceReader {
  private static final int PAGE = 1000;
  private static final int TRIES = 10;

  private final HubParts parts;
  private final Tables tables;
  private final LargeTexts texts;

  InstanceReader(HubParts parts) {
    this.parts = parts;
    tables = parts.account().tables();
    texts = parts.largeTexts();
  }

  /**
   * An instance.
   *
   * @param stand what a commit has to know
   * @param state its state; null when there is none
   * @param history its events
   * @param rows the rows that tell them
   */
  record Loaded(
      Stand stand, @Nullable InstanceState state, List<HistoryEvent> history, List<Row> rows) {}

  /** All rows of a history at one moment, and its sentinel. */
  private record Rows(List<Row> rows, @Nullable Head head) {}

  BlobUrls urls() {
    return new BlobUrls(parts.account().blobs().url(parts.names().largeMessages()));
  }

  /** The state that a row of the instances table shows. */
  InstanceState stateOf(Row row) {
    boolean purging = ShownRow.of(row).mark() == ShownRow.Mark.PURGE;
    Row whole = purging ? ShownRow.withoutBlobs(row) : row;
    return new InstanceReading(urls(), texts::get).read(whole);
  }

  /** The state that a row shows, or what it shows by now: blobs go when another has replaced it. */
  @Nullable InstanceState stateNow(Found found) {
    InstanceId id = new InstanceId(Keys.unescape(found.row().partitionKey()));
    Found now = found;
    for (int i = 0; ; i++) {
      try {
        return stateOf(now.row());
      } catch (StorageException e) {
        Found again = row(id);
        if (again == null) {
          return null;
        }
        if (i == TRIES || again.etag().equals(now.etag())) {
          throw e;
        }
        now = again;
      }
    }
  }

  @Nullable Found row(InstanceId id) {
    return tables.get(parts.names().instancesTable(), key(id), InstanceRows.ROW_KEY);
  }

  @Nullable Head head(InstanceId id) {
    return Head.of(tables.get(parts.names().historyTable(), key(id), Sentinel.ROW_KEY), texts);
  }

  static String key(InstanceId id) {
    return Keys.escape(id.value());
  }

  /**
   * Reads all; {@code known} spares reading the row where it tells what the row shows, and the
   * history where there was none and still is no sentinel. A commit beside it deletes blobs of what
   * it replaces: then all is read again.
   */
  Loaded load(InstanceId id, @Nullable Stand known) {
    Rows all = rows(id, known);
    for (int i = 0; ; i++) {
      try {
        return load(id, known, all);
      } catch (StorageException e) {
        Rows again = rows(id);
        if (i == TRIES || Head.version(again.head()).equals(Head.version(all.head()))) {
          throw e;
        }
        all = again;
      }
    }
  }

  private Loaded load(InstanceId id, @Nullable Stand known, Rows all) {
    Head head = all.head();
    Loaded loaded =
        known != null && head != null && tellsRow(known, head)
            ? loaded(id, all, null, known.shown())
            : null;
    return loaded != null ? loaded : read(id, all);
  }

  /** What has ended may have been replaced since, which the sentinel does not tell. */
  private static boolean tellsRow(Stand known, Head head) {
    return known.kind() == Stand.Kind.BEGUN
        && !known.ended()
        && head.etag().equals(known.etag())
        && known.shown().row() != null;
  }

  private Loaded read(InstanceId id, Rows all) {
    Found row = row(id);
    Stand.Shown shown =
        row == null ? Stand.Shown.NOTHING : new Stand.Shown(ShownRow.of(row.row()), row.etag());
    return Objects.requireNonNull(loaded(id, all, row, shown), "the row was read");
  }

  /** Null when the row is needed. */
  private @Nullable Loaded loaded(InstanceId id, Rows all, @Nullable Found row, Stand.Shown shown) {
    Head head = all.head();
    List<String> named = new ArrayList<>();
    all.rows().forEach(r -> named.addAll(HistoryRows.blobs(r)));
    Stand.Kind kind = Judgement.of(id, head, all.rows(), shown.row());
    if (kind != Stand.Kind.BEGUN) {
      return notBegun(id, kind, all, row, shown, named);
    }
    return new BegunReading(texts, this::stateOf)
        .read(id, head, all.rows(), row, new BegunReading.Around(shown, named));
  }

  private Loaded notBegun(
      InstanceId id,
      Stand.Kind kind,
      Rows all,
      @Nullable Found row,
      Stand.Shown shown,
      List<String> named) {
    Head head = all.head();
    InstanceState state = kind == Stand.Kind.NONE || row == null ? null : stateOf(row.row());
    ExecutionId begun = head == null ? null : head.sentinel().execution();
    ExecutionId execution = state == null ? begun : state.execution();
    Stand stand =
        new Stand(
            id,
            kind,
            head == null ? null : head.etag(),
            execution,
            state != null && state.status().isTerminal(),
            0,
            execution == null ? 0 : HistoryRows.countOf(all.rows(), execution),
            0,
            null,
            List.of(),
            null,
            named,
            head == null ? List.of() : Sentinel.blobs(head.row()),
            shown);
    return new Loaded(stand, state, List.of(), List.of());
  }

  /** An instance that had no history most often has none, which a look at one row tells. */
  private Rows rows(InstanceId id, @Nullable Stand known) {
    return known != null && known.isWithoutHistory() && head(id) == null
        ? new Rows(List.of(), null)
        : rows(id);
  }

  /**
   * Reads until nobody wrote between the first page and the last. One page is read at one moment.
   */
  private Rows rows(InstanceId id) {
    String filter = Filters.history(id, null);
    Tables.Page first = page(filter, null);
    if (first.next() == null) {
      return split(first.rows());
    }
    for (int i = 0; i < TRIES; i++) {
      Head before = head(id);
      List<Found> all = new ArrayList<>();
      String token = null;
      do {
        Tables.Page page = page(filter, token);
        all.addAll(page.rows());
        token = page.next();
      } while (token != null);
      Rows rows = split(all);
      Head head = rows.head();
      if (Head.version(before).equals(Head.version(head))) {
        return rows;
      }
    }
    throw new StorageException(
        "The history of instance " + id + " changes faster than it can be read", null);
  }

  private Tables.Page page(String filter, @Nullable String token) {
    return tables.find(
        parts.names().historyTable(), new Tables.Find(filter, List.of(), PAGE), token);
  }

  private Rows split(List<Found> all) {
    Head head = null;
    List<Row> rows = new ArrayList<>(all.size());
    for (Found found : all) {
      if (Sentinel.is(found.row())) {
        head = Head.of(found, texts);
      } else {
        rows.add(found.row());
      }
    }
    return new Rows(rows, head);
  }
}
