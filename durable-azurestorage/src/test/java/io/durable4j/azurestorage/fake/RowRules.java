package io.durable4j.azurestorage.fake;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.format.Row;
import java.time.Instant;
import java.util.Map;

/** What the table service takes. */
final class RowRules {
  /** Bytes of a transaction. */
  static final long MAX_TRANSACTION = 4L << 20;

  private static final long MAX_ROW = 1L << 20;
  private static final int MAX_TEXT = 32 * 1024;
  private static final int MAX_KEY = 512;
  private static final int MAX_COLUMNS = 252;
  private static final int HUNDRED_NANOS = 100;
  private static final Instant FIRST = Instant.parse("1601-01-01T00:00:00Z");

  private RowRules() {}

  /** Refuses what the service refuses; tells how many bytes the row takes, roughly. */
  static long check(Row row) {
    key(row.partitionKey());
    key(row.rowKey());
    long bytes = 2L * (row.partitionKey().length() + row.rowKey().length());
    if (row.columns().size() > MAX_COLUMNS) {
      throw new AccountException(Reason.TOO_LARGE, row.columns().size() + " columns", null);
    }
    for (Map.Entry<String, Object> c : row.columns().entrySet()) {
      bytes += 2L * c.getKey().length() + value(c.getKey(), c.getValue());
    }
    if (bytes > MAX_ROW) {
      throw new AccountException(Reason.TOO_LARGE, "Row of " + bytes + " bytes", null);
    }
    return bytes;
  }

  private static void key(String key) {
    boolean forbidden =
        key.chars().anyMatch(c -> "/\\#?".indexOf(c) >= 0 || c < 0x20 || c >= 0x7F && c < 0xA0);
    if (forbidden || key.length() > MAX_KEY) {
      throw new AccountException(Reason.REFUSED, "Not a key: " + key, null);
    }
  }

  private static long value(String name, Object value) {
    if (name.equals("Timestamp") || name.equals("PartitionKey") || name.equals("RowKey")) {
      throw new AccountException(Reason.REFUSED, "Reserved column " + name, null);
    }
    if (value instanceof String text) {
      if (text.length() > MAX_TEXT) {
        throw new AccountException(
            Reason.TOO_LARGE, "Column " + name + " of " + text.length() + " characters", null);
      }
      return 2L * text.length();
    }
    if (value instanceof Instant time) {
      if (time.getNano() % HUNDRED_NANOS != 0 || time.isBefore(FIRST)) {
        throw new AccountException(Reason.REFUSED, "Not a time: " + name + " " + time, null);
      }
      return Long.BYTES;
    }
    if (value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double) {
      return Long.BYTES;
    }
    throw new AccountException(Reason.REFUSED, "Column " + name + " of " + value.getClass(), null);
  }
}
