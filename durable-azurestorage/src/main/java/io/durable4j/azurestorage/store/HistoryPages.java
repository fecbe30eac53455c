package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.format.Filters;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import io.durable4j.spi.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads histories page by page, as far as the sentinel says that they are whole. A token says which
 * execution is read, and from which event on; where another has taken its place meanwhile, the rest
 * is empty.
 */
final class HistoryPages {
  private static final int PAGE = 500;
  private static final int TRIES = 10;

  private final HubParts parts;
  private final InstanceReader reader;
  private final LargeTexts texts;

  HistoryPages(HubParts parts, InstanceReader reader) {
    this.parts = parts;
    this.reader = reader;
    texts = parts.largeTexts();
  }

  Page<HistoryEvent> history(
      InstanceId id, @Nullable ExecutionId execution, @Nullable Token token) {
    int from = token == null ? 0 : Integer.parseInt(beginOf(token));
    ExecutionId wanted =
        token == null
            ? execution
            : new ExecutionId(token.value().substring(beginOf(token).length() + 1));
    Head head = reader.head(id);
    for (int i = 0; ; i++) {
      try {
        return page(id, head, wanted, from);
      } catch (StorageException e) {
        // a commit beside the reading deletes blobs of what it replaces
        Head now = reader.head(id);
        if (i == TRIES || Head.version(now).equals(Head.version(head))) {
          throw e;
        }
        head = now;
      }
    }
  }

  private Page<HistoryEvent> page(
      InstanceId id, @Nullable Head head, @Nullable ExecutionId wanted, int from) {
    if (head != null && (head.isWithoutState() || !isWanted(id, head, wanted))) {
      return new Page<>(List.of(), null);
    }
    String redo = head == null ? null : Sentinel.redo(head.row());
    if (redo == null) {
      return rows(id, head, wanted, from);
    }
    List<HistoryEvent> all = BegunReading.redo(texts.get(redo));
    return new Page<>(all.subList(Math.min(from, all.size()), all.size()), null);
  }

  private static String beginOf(Token token) {
    return token.value().substring(0, token.value().indexOf('/'));
  }

  private boolean isWanted(InstanceId id, Head head, @Nullable ExecutionId wanted) {
    if (wanted != null) {
      return wanted.equals(head.sentinel().execution());
    }
    Found row = reader.row(id);
    ShownRow shown = row == null ? null : ShownRow.of(row.row());
    return Judgement.of(id, head, List.of(), shown) == Stand.Kind.BEGUN;
  }

  private Page<HistoryEvent> rows(
      InstanceId id, @Nullable Head head, @Nullable ExecutionId wanted, int from) {
    Sentinel.Ours ours = head == null ? null : head.sentinel().ours();
    int end = ours == null ? Integer.MAX_VALUE : ours.events();
    List<Row> rows =
        parts
            .account()
            .tables()
            .find(
                parts.names().historyTable(),
                new Tables.Find(Filters.historyFrom(id, from), List.of(), PAGE),
                null)
            .rows()
            .stream()
            .map(Found::row)
            .filter(r -> !Sentinel.is(r))
            .toList();
    ExecutionId execution = head == null ? firstOf(rows) : head.sentinel().execution();
    if (execution == null || (wanted != null && !wanted.equals(execution))) {
      return new Page<>(List.of(), null);
    }
    int count = Math.min(HistoryRows.countOf(rows, execution), end - from);
    List<HistoryEvent> events =
        rows.subList(0, Math.max(0, count)).stream()
            .map(r -> HistoryRows.read(r, texts::get))
            .toList();
    int next = from + events.size();
    boolean more = !events.isEmpty() && count == rows.size() && next < end;
    return new Page<>(events, more ? new Token(next + "/" + execution.value()) : null);
  }

  private static @Nullable ExecutionId firstOf(List<Row> rows) {
    String execution = rows.isEmpty() ? null : rows.get(0).text("ExecutionId");
    return execution == null ? null : new ExecutionId(execution);
  }
}
