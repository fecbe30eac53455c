package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.format.ShownRow.Mark;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.TurnCommit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a commit and a client's creation from both bringing an id to life. A creation writes the
 * instance's own row and nothing of the history; so a commit that makes an instance come to be, or
 * live again, first marks that row, under the version that it saw. Who finds a mark does not know
 * whether its commit will still come: a creation first moves the sentinel on, and only then
 * replaces the row. Of one another's commits the sentinel takes care. No client creates entities,
 * but without the mark queries would not find one whose row was not written behind its first
 * commit.
 *
 * <p>A crash just after: the mark stays, and means nothing to loads; the next commit or creation
 * does away with it. Done late by a zombie: the row has another version.
 */
final class Reservation {
  private static final String EXECUTION = "ExecutionId";

  private final HubParts parts;
  private final Tables tables;
  private final HistoryWriter writer;
  private final TurnHistory history;
  private final InstanceReader reader;

  Reservation(HubParts parts, InstanceReader reader, TurnHistory history) {
    this.parts = parts;
    this.reader = reader;
    this.history = history;
    tables = parts.account().tables();
    writer = new HistoryWriter(parts);
  }

  /** The same with the row as it is now; null when something has come to be since. */
  @Nullable Stand take(TurnCommit c, Stand stand) {
    InstanceState next = c.next();
    if (stand.kind() == Stand.Kind.NONE) {
      Row row = ShownRow.marked(birth(next), Mark.BIRTH);
      String etag = stand.shown().etag();
      return marked(
          stand, row, etag == null ? new Write.Insert(row) : new Write.Replace(row, etag));
    }
    boolean again =
        !next.id().isEntity()
            && stand.ended()
            && (!next.status().isTerminal() || !next.execution().equals(stand.execution()));
    ShownRow shown = stand.shown().row();
    String etag = stand.shown().etag();
    if (stand.kind() != Stand.Kind.BEGUN || !again || shown == null || etag == null) {
      return stand;
    }
    Row mark =
        ShownRow.marked(
            new Row(InstanceReader.key(next.id()), InstanceRows.ROW_KEY, Map.of()), Mark.AGAIN);
    Stand with = marked(stand, mark, new Write.Merge(mark, etag));
    return with == null
        ? null
        : with.showing(new Stand.Shown(shown.with(Mark.AGAIN), with.shown().etag()));
  }

  /** A mark that is there already, ours or another commit's, does as well. */
  private @Nullable Stand marked(Stand stand, Row row, Write write) {
    Outcome outcome = tables.write(parts.names().instancesTable(), List.of(write));
    if (outcome instanceof Outcome.Done done) {
      return stand.showing(new Stand.Shown(ShownRow.of(row), done.etags().get(0)));
    }
    Found now = reader.row(stand.id());
    if (now == null) {
      return null;
    }
    ShownRow shown = ShownRow.of(now.row());
    Object execution = row.columns().getOrDefault(EXECUTION, stand.execution());
    return shown.mark() == ShownRow.of(row).mark()
            && shown.execution().value().equals(String.valueOf(execution))
        ? stand.showing(new Stand.Shown(shown, now.etag()))
        : null;
  }

  @SuppressWarnings("NullAway") // it does not see that a parent may be null
  private Row birth(InstanceState s) {
    Start start = s.start();
    InstanceState bare =
        new InstanceState(
            s.id(),
            s.execution(),
            new Start(
                start.name(),
                start.version(),
                null,
                start.tags(),
                start.parent(),
                start.createdAt(),
                start.scheduledFor(),
                start.generation()),
            Progress.of(OrchestrationStatus.PENDING, s.progress().updatedAt()),
            List.of());
    return InstanceRows.write(
            bare, parts.names().hub().name(), InstanceRows.Refs.NONE, parts.random())
        .row();
  }

  /**
   * Makes commits that saw the sentinel so fail.
   *
   * @return false when it is not as it was seen
   */
  boolean fence(InstanceId id, ExecutionId execution, @Nullable Head seen) {
    Row row =
        seen == null
            ? history.nothing(id, execution)
            : Sentinel.touched(id, seen.sentinel().execution());
    return writer.write(
            new HistoryWriter.Step(List.of(), row, now -> false), seen == null ? null : seen.etag())
        != null;
  }
}
