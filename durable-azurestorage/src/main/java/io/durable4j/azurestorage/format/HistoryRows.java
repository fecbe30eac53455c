package io.durable4j.azurestorage.format;

import io.durable4j.data.DurableException;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Events as rows of the history table: one each, with its place in the history as row key.
 *
 * <p>Kinds that this version does not know are kept as they are, with all their columns. What a
 * rewind of the family has taken out of a history is an event without meaning, whose data tell so.
 */
public final class HistoryRows {
  private HistoryRows() {}

  /**
   * The row key of a place.
   *
   * @param ordinal the place, from 0
   * @return 16 hexadecimal digits
   */
  public static String rowKey(long ordinal) {
    return String.format(Locale.ROOT, "%016X", ordinal);
  }

  /**
   * An event as a row.
   *
   * @param instance whose
   * @param execution of which execution
   * @param ordinal its place in the history, from 0
   * @param event the event
   * @param unique for the names of blobs
   * @return the row
   */
  public static Written write(
      InstanceId instance,
      ExecutionId execution,
      long ordinal,
      HistoryEvent event,
      BlobNames.Unique unique) {
    String key = Keys.escape(instance.value());
    Row row = new Row(key, rowKey(ordinal), RowEvent.columns(event, execution.value()));
    String type = Family.nameOf(event.body());
    return LargeColumns.away(
        row,
        LargeColumns.OF_HISTORY,
        column -> BlobNames.history(key, row.rowKey(), type, unique, column));
  }

  /**
   * The event of a row.
   *
   * @param row the row
   * @param blobs reads a blob of the container of large payloads: from its name, its text
   * @return the event
   * @throws DurableException when it does not read
   */
  public static HistoryEvent read(Row row, UnaryOperator<String> blobs) {
    Row whole = LargeColumns.back(row, LargeColumns.OF_HISTORY, blobs);
    try {
      return RowEvent.read(whole);
    } catch (IllegalArgumentException | DateTimeException | DurableException e) {
      throw new DurableException(
          "Damaged history row "
              + row.rowKey()
              + " of instance "
              + Keys.unescape(row.partitionKey())
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /**
   * The blobs that hold large columns of a row.
   *
   * @param row the row
   * @return their names
   */
  public static List<String> blobs(Row row) {
    return LargeColumns.named(row, LargeColumns.OF_HISTORY);
  }

  /**
   * How many rows at the beginning are of an execution.
   *
   * @param rows the rows, in the order of their keys, the sentinel among them or not
   * @param execution the execution
   * @return how many
   */
  public static int countOf(List<Row> rows, ExecutionId execution) {
    int count = 0;
    while (count < rows.size()
        && !Sentinel.is(rows.get(count))
        && execution.value().equals(rows.get(count).text(RowEvent.EXECUTION_ID))) {
      count++;
    }
    return count;
  }

  /**
   * The row of a place, as far as a deletion needs it.
   *
   * @param instance whose
   * @param ordinal the place, from 0
   * @return a row without columns
   */
  public static Row at(InstanceId instance, long ordinal) {
    return new Row(Keys.escape(instance.value()), rowKey(ordinal), Map.of());
  }

  /**
   * The blob that holds the input of an execution.
   *
   * @param rows rows of its history
   * @return its name; null when it is not large, or not among the rows
   */
  public static @Nullable String inputBlob(List<Row> rows) {
    return blob(rows, "ExecutionStarted", "Input");
  }

  /**
   * The blob that holds the output of an execution.
   *
   * @param rows rows of its history
   * @return its name; null when it is not large, or not among the rows
   */
  public static @Nullable String outputBlob(List<Row> rows) {
    return blob(rows, "ExecutionCompleted", "Result");
  }

  private static @Nullable String blob(List<Row> rows, String type, String column) {
    for (Row row : rows) {
      if (type.equals(row.text(RowEvent.EVENT_TYPE))) {
        List<String> used = LargeColumns.used(row, List.of(column));
        if (!used.isEmpty()) {
          return used.get(0);
        }
      }
    }
    return null;
  }

  /**
   * The rows of the current execution among all that are stored for an instance. A former, longer
   * execution leaves its tail behind; so does a commit that was not brought to its end.
   *
   * @param rows the rows, in the order of their keys, the sentinel among them or not
   * @param sentinel the sentinel; null when there is none
   * @param expected the execution that is wanted; null for the current
   * @return the rows that make up its history; empty when another execution is current
   */
  public static List<Row> current(
      List<Row> rows, @Nullable Sentinel sentinel, @Nullable ExecutionId expected) {
    List<Row> current = new ArrayList<>();
    Sentinel.Ours ours = sentinel == null ? null : sentinel.ours();
    String execution = sentinel == null ? null : sentinel.execution().value();
    for (Row row : rows) {
      if (Sentinel.is(row)) {
        continue;
      }
      String of = row.text(RowEvent.EXECUTION_ID);
      execution = execution == null ? of : execution;
      boolean whole = ours == null || current.size() < ours.events();
      if (of == null || !of.equals(execution) || !whole) {
        break;
      }
      current.add(row);
    }
    return expected == null || expected.value().equals(execution) ? current : List.of();
  }
}
