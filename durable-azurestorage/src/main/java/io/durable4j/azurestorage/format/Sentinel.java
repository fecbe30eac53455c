package io.durable4j.azurestorage.format;

import io.durable4j.data.DurableException;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The last row of an instance's history: it says which execution is current, and each change of the
 * history changes it, so that of two writers one fails.
 *
 * @param execution the current execution
 * @param complete whether the newest change was brought to its end
 * @param completedAt when a change was brought to its end; null before the first
 * @param ours what this engine keeps there; null where another engine wrote since
 */
public record Sentinel(
    ExecutionId execution, boolean complete, @Nullable Instant completedAt, @Nullable Ours ours) {
  /** Its row key; behind all others. */
  public static final String ROW_KEY = "sentinel";

  /** The state that is kept while the execution has none: its first commit is not whole. */
  public static final String NOTHING = "nothing";

  /** The state that is kept of an execution that was removed. */
  public static final String PURGED = "purged";

  private static final String COMPLETE = "IsCheckpointComplete";
  private static final String COMPLETED_AT = "CheckpointCompletedTimestamp";
  private static final int ID_LENGTH = 36;

  /**
   * What this engine keeps of the newest whole commit.
   *
   * @param commit its id; null where none was made yet
   * @param events how many events the history has after it
   * @param mayReturn messages that a commit consumed and whose deletion is not confirmed
   * @param state the state after it, as {@link StateText} has it
   */
  public record Ours(
      @Nullable CommitId commit, int events, List<MessageId> mayReturn, String state) {
    /** Copies the list. */
    public Ours {
      mayReturn = List.copyOf(mayReturn);
    }
  }

  /**
   * Whether a row is a sentinel.
   *
   * @param row a row of a history
   * @return true when its key is the sentinel's
   */
  public static boolean is(Row row) {
    return row.rowKey().equals(ROW_KEY);
  }

  /**
   * A change that has more to come. To be merged: what this engine keeps stays that of the newest
   * whole commit.
   *
   * @param instance whose
   * @param execution the execution that the change writes
   * @return the row
   */
  public static Row begun(InstanceId instance, ExecutionId execution) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put(RowEvent.EXECUTION_ID, execution.value());
    columns.put(COMPLETE, false);
    return new Row(Keys.escape(instance.value()), ROW_KEY, columns);
  }

  /**
   * A sentinel of a change that has more to come.
   *
   * @param row the sentinel as it would be without
   * @param step the name of this part of the change, by which its writer knows it again
   * @return the row, to be merged
   */
  public static Row unfinished(Row row, String step) {
    return row.merge(
        new Row(row.partitionKey(), ROW_KEY, Map.of(COMPLETE, false, Extras.STEP, step)));
  }

  /**
   * Whether a part of a change was the last that was written.
   *
   * @param row the sentinel
   * @param step the part's name
   * @return false also once a later one was brought to its end
   */
  public static boolean isAt(Row row, String step) {
    return step.equals(row.text(Extras.STEP)) && !row.flag(COMPLETE);
  }

  /**
   * The same with another version, so that who saw the former one is fenced off.
   *
   * @param instance whose
   * @param execution its execution
   * @return the row, to be merged
   */
  public static Row touched(InstanceId instance, ExecutionId execution) {
    return new Row(
        Keys.escape(instance.value()), ROW_KEY, Map.of(RowEvent.EXECUTION_ID, execution.value()));
  }

  /**
   * A sentinel of a commit that is whole, while the rows of the history are still being written.
   *
   * @param row the sentinel with what this engine keeps of the commit
   * @param commit the commit
   * @param blob the blob that holds the history
   * @return the row, to be merged
   */
  public static Row redoing(Row row, CommitId commit, String blob) {
    String redo = commit.value() + " " + blob;
    return row.merge(
        new Row(row.partitionKey(), ROW_KEY, Map.of(COMPLETE, false, Extras.REDO, redo)));
  }

  /**
   * The end of writing the rows.
   *
   * @param instance whose
   * @param execution the current execution
   * @return the row, to be merged
   */
  public static Row redone(InstanceId instance, ExecutionId execution) {
    Row begun = begun(instance, execution);
    return begun.merge(
        new Row(begun.partitionKey(), ROW_KEY, Map.of(COMPLETE, true, Extras.REDO, "")));
  }

  /**
   * The blob that holds a history whose rows are not all written.
   *
   * @param row the sentinel
   * @return its name; null when the rows are what counts
   */
  public static @Nullable String redo(Row row) {
    String redo = row.text(Extras.REDO);
    String commit = row.text(Extras.COMMIT_ID);
    // another engine that went on since, or a later commit, made it void
    return redo == null || commit == null || commit.isEmpty() || !isOurs(row)
        ? null
        : redo.startsWith(commit + " ") ? redo.substring(commit.length() + 1) : null;
  }

  /**
   * The blobs that hold large columns of a sentinel.
   *
   * @param row the sentinel
   * @return their names
   */
  public static List<String> blobs(Row row) {
    return LargeColumns.used(row, LargeColumns.OF_STATE);
  }

  /**
   * The end of a change.
   *
   * @param instance whose
   * @param execution the current execution
   * @param at when; of units of 100 ns, the one that holds it is kept
   * @param ours what this engine keeps
   * @param unique for the name of a blob
   * @return the row, to be merged
   */
  public static Written ended(
      InstanceId instance, ExecutionId execution, Instant at, Ours ours, BlobNames.Unique unique) {
    Instant time = Times.inTable(at);
    Row begun = begun(instance, execution);
    Map<String, Object> columns = new LinkedHashMap<>(begun.columns());
    columns.put(COMPLETE, true);
    columns.put(COMPLETED_AT, time);
    columns.put(Extras.CHECKPOINT, time);
    CommitId commit = ours.commit();
    columns.put(Extras.COMMIT_ID, commit == null ? "" : commit.value().toString());
    columns.put(Extras.EVENTS, ours.events());
    columns.put(Extras.MAY_RETURN, text(ours.mayReturn()));
    columns.put(Extras.STATE, ours.state());
    String key = begun.partitionKey();
    return LargeColumns.away(
        new Row(key, ROW_KEY, columns),
        LargeColumns.OF_STATE,
        column -> BlobNames.instance(key, unique, column));
  }

  /** Never empty, so that it is known from a text that went into a blob. */
  private static String text(List<MessageId> ids) {
    StringBuilder text = new StringBuilder("[");
    ids.forEach(id -> text.append(id.value()));
    return text.append(']').toString();
  }

  private static List<MessageId> ids(String text) {
    List<MessageId> ids = new ArrayList<>();
    for (int i = 1; i + ID_LENGTH < text.length(); i += ID_LENGTH) {
      ids.add(new MessageId(UUID.fromString(text.substring(i, i + ID_LENGTH))));
    }
    return ids;
  }

  /**
   * Reads a sentinel.
   *
   * @param row the row
   * @param blobs reads a blob of the container of large payloads: from its name, its text
   * @return the sentinel
   * @throws DurableException when it does not read
   */
  public static Sentinel read(Row row, UnaryOperator<String> blobs) {
    Row whole = isOurs(row) ? LargeColumns.back(row, LargeColumns.OF_STATE, blobs) : row;
    String execution = whole.text(RowEvent.EXECUTION_ID);
    try {
      return new Sentinel(
          new ExecutionId(execution == null ? "" : execution),
          whole.flag(COMPLETE),
          whole.time(COMPLETED_AT),
          isOurs(row) ? ours(whole) : null);
    } catch (IllegalArgumentException e) {
      String id = Keys.unescape(row.partitionKey());
      throw new DurableException("Damaged sentinel of instance " + id + ": " + e.getMessage(), e);
    }
  }

  /** Others that write go on with another time of completion. */
  private static boolean isOurs(Row row) {
    Instant at = row.time(COMPLETED_AT);
    return at != null && at.equals(row.time(Extras.CHECKPOINT));
  }

  private static Ours ours(Row row) {
    String commit = row.text(Extras.COMMIT_ID);
    String mayReturn = row.text(Extras.MAY_RETURN);
    String state = row.text(Extras.STATE);
    return new Ours(
        commit == null || commit.isEmpty() ? null : new CommitId(UUID.fromString(commit)),
        (int) row.number(Extras.EVENTS, 0),
        ids(mayReturn == null ? "" : mayReturn),
        state == null ? "" : state);
  }
}
