package io.durable4j.azurestorage.format;

import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's own row shows, without its payloads: enough to tell whether it is behind, and
 * to write it anew.
 *
 * @param execution the execution
 * @param status the status; null for one that is unknown
 * @param customStatus the text of the custom status, or null
 * @param parked whether it is parked
 * @param awaited the events that it waits for, as far as the row tells
 * @param updatedAt the time of its newest change
 * @param mark whether somebody is about to decide what becomes of the row
 * @param refs the addresses of large payloads
 * @param blobs other blobs that belong to the row
 */
public record ShownRow(
    ExecutionId execution,
    @Nullable OrchestrationStatus status,
    @Nullable String customStatus,
    boolean parked,
    List<String> awaited,
    Instant updatedAt,
    Mark mark,
    InstanceRows.Refs refs,
    List<String> blobs) {
  /** Copies the lists. */
  public ShownRow {
    awaited = List.copyOf(awaited);
    blobs = List.copyOf(blobs);
  }

  /** Who is about to decide what becomes of a row. */
  public enum Mark {
    /** Nobody: it stands for what it shows. */
    NONE,
    /** A commit that makes the instance come to be: there is nothing yet. */
    BIRTH,
    /** A commit that lets an ended instance live again; until then it has ended. */
    AGAIN,
    /** A purge: the instance is gone already, only the row is not. */
    PURGE
  }

  /**
   * What a row shows.
   *
   * @param row the row
   * @return what it shows
   */
  public static ShownRow of(Row row) {
    String execution = row.text(RowEvent.EXECUTION_ID);
    Instant updated = row.time(InstanceRows.UPDATED);
    String custom = row.text(InstanceRows.CUSTOM_STATUS);
    String refs = "," + row.columns().get(Extras.REFS) + ",";
    return new ShownRow(
        new ExecutionId(execution == null ? "" : execution),
        Family.status(row.text(InstanceRows.STATUS)),
        InstanceRows.NULL.equals(custom) ? null : custom,
        row.flag(Extras.PARKED),
        awaitedIn(row),
        updated == null ? Instant.EPOCH : updated,
        markOf(row.text(Extras.MARK)),
        new InstanceRows.Refs(
            refs.contains("," + InstanceRows.INPUT + ",") ? row.text(InstanceRows.INPUT) : null,
            refs.contains("," + InstanceRows.OUTPUT + ",") ? row.text(InstanceRows.OUTPUT) : null),
        LargeColumns.used(row, LargeColumns.OF_STATE));
  }

  private static List<String> awaitedIn(Row row) {
    String text = row.text(Extras.STATE);
    return text == null || text.isEmpty()
        ? List.of()
        : StateText.bare(text).progress().awaitedEvents();
  }

  private static Mark markOf(@Nullable String text) {
    for (Mark mark : Mark.values()) {
      if (mark.name().equals(text)) {
        return mark;
      }
    }
    return Mark.NONE;
  }

  /**
   * A row with a mark.
   *
   * @param row the row
   * @param mark the mark
   * @return the row
   */
  public static Row marked(Row row, Mark mark) {
    Map<String, Object> columns = new LinkedHashMap<>(row.columns());
    columns.put(Extras.MARK, mark.name());
    return new Row(row.partitionKey(), row.rowKey(), columns);
  }

  /**
   * A row as far as it can be read without blobs: those of a row that is being purged may be gone.
   *
   * @param row the row
   * @return the row without the columns that stand in blobs
   */
  public static Row withoutBlobs(Row row) {
    ShownRow shown = of(row);
    Map<String, Object> columns = new LinkedHashMap<>(row.columns());
    if (shown.refs.input() != null) {
      columns.remove(InstanceRows.INPUT);
    }
    if (shown.refs.output() != null) {
      columns.remove(InstanceRows.OUTPUT);
    }
    if (!shown.blobs.isEmpty()) {
      columns.remove(Extras.STATE);
      LargeColumns.OF_STATE.forEach(c -> columns.remove(LargeColumns.nameOfBlob(c)));
    }
    return new Row(row.partitionKey(), row.rowKey(), columns);
  }

  /**
   * The same with a mark.
   *
   * @param other the mark
   * @return what it shows
   */
  public ShownRow with(Mark other) {
    return new ShownRow(
        execution, status, customStatus, parked, awaited, updatedAt, other, refs, blobs);
  }

  /**
   * What a row will show of a state.
   *
   * @param s the state
   * @param refs the addresses of large payloads
   * @param row the row that is written
   * @return what it shows
   */
  public static ShownRow of(InstanceState s, InstanceRows.Refs refs, Row row) {
    Progress p = s.progress();
    return new ShownRow(
        s.execution(),
        p.status(),
        text(p.customStatus()),
        p.parked() != null,
        p.awaitedEvents(),
        Times.inTable(p.updatedAt()),
        Mark.NONE,
        refs,
        LargeColumns.used(row, LargeColumns.OF_STATE));
  }

  private static @Nullable String text(@Nullable Payload payload) {
    return payload == null
        ? null
        : InstanceRows.NULL.equals(payload.text()) ? null : payload.text();
  }

  /**
   * Whether it shows too little of a state.
   *
   * @param s the state
   * @param every how far its time of change may lie behind
   * @return whether the row is to be written
   */
  public boolean isBehind(InstanceState s, Duration every) {
    Progress p = s.progress();
    return mark == Mark.BIRTH
        || mark == Mark.PURGE
        || !execution.equals(s.execution())
        || status != p.status()
        || !Objects.equals(customStatus, text(p.customStatus()))
        || parked != (p.parked() != null)
        || !p.awaitedEvents().equals(awaited)
        || (Times.inTable(p.updatedAt()).isAfter(updatedAt)
            && !p.updatedAt().isBefore(updatedAt.plus(every)));
  }

  /**
   * Whether it is of an execution, or a later generation of it.
   *
   * @param wanted the execution
   * @return false also where there is nothing yet
   */
  public boolean isOf(ExecutionId wanted) {
    return mark != Mark.BIRTH && execution.isOrContinues(wanted);
  }

  /**
   * Whether the instance has ended, as far as the row tells.
   *
   * @return whether it has
   */
  public boolean isEnded() {
    return status != null && status.isTerminal();
  }

  /**
   * All blobs that the row alone names.
   *
   * @param urls the addresses of the hub's blobs
   * @return their names
   */
  public List<String> allBlobs(BlobUrls urls) {
    List<String> all = new ArrayList<>(blobs);
    for (String ref : new String[] {refs.input(), refs.output()}) {
      String name = ref == null ? null : urls.nameOf(ref);
      if (name != null) {
        all.add(name);
      }
    }
    return all;
  }
}
