package io.durable4j.azurestorage.format;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table. Values are {@link String}, {@link Integer}, {@link Long}, {@link Boolean} and,
 * for the table's date and time, {@link Instant} in units of 100 ns; a column without a value is
 * absent. Of rows that others wrote, values may be of further types.
 *
 * @param partitionKey the partition key
 * @param rowKey the row key
 * @param columns the other columns, without the service's own
 */
public record Row(String partitionKey, String rowKey, Map<String, Object> columns) {
  /** Copies the columns, in order. */
  public Row {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * A column of texts.
   *
   * @param name its name
   * @return its value; null when it is absent or no text
   */
  public @Nullable String text(String name) {
    return columns.get(name) instanceof String s ? s : null;
  }

  /**
   * A column of times.
   *
   * @param name its name
   * @return its value; null when it is absent or no time
   */
  public @Nullable Instant time(String name) {
    return columns.get(name) instanceof Instant t ? t : null;
  }

  /**
   * A column of numbers.
   *
   * @param name its name
   * @param absent the value of a column that is absent or holds no number
   * @return its value
   */
  public long number(String name, long absent) {
    return columns.get(name) instanceof Number n ? n.longValue() : absent;
  }

  /**
   * A column of flags.
   *
   * @param name its name
   * @return whether it is there and set
   */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(columns.get(name));
  }

  /**
   * What the table holds after this row was merged: columns that the merge does not name keep their
   * values.
   *
   * @param merged what is written
   * @return the row
   */
  public Row merge(Row merged) {
    Map<String, Object> all = new LinkedHashMap<>(columns);
    all.putAll(merged.columns);
    return new Row(partitionKey, rowKey, all);
  }
}
