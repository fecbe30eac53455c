package io.durable4j.azurestorage.format;

import java.util.ArrayList;
import java.util.List;

/** How a change of a history is divided into transactions, each of which also has the sentinel. */
public final class HistoryBatches {
  /** The most rows, next to the sentinel. */
  public static final int MAX_ROWS = 99;

  /** What the rows of a transaction may be estimated to take, before the next one begins. */
  public static final long MAX_BYTES = 3L * 1024 * 1024;

  private static final long ROW_BYTES = 1024;

  private HistoryBatches() {}

  /**
   * The rows of one transaction.
   *
   * @param rows the rows, in order
   * @param last whether it ends the change
   */
  public record Batch(List<Row> rows, boolean last) {
    /** Copies the list. */
    public Batch {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Divides the rows of a change.
   *
   * @param rows the rows, in order; none for a change of the sentinel alone
   * @return one transaction or more; exactly one of them, the last, ends the change
   */
  public static List<Batch> of(List<Row> rows) {
    List<Batch> batches = new ArrayList<>();
    List<Row> open = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      open.add(rows.get(i));
      bytes += estimate(rows.get(i));
      boolean full = open.size() == MAX_ROWS || bytes > MAX_BYTES;
      if (full && i < rows.size() - 1) {
        batches.add(new Batch(open, false));
        open = new ArrayList<>();
        bytes = 0;
      }
    }
    batches.add(new Batch(open, true));
    return batches;
  }

  /**
   * What a row is estimated to take. The table counts two bytes a character, a call those that it
   * sends as JSON; the larger one counts.
   */
  static long estimate(Row row) {
    long bytes = ROW_BYTES;
    for (String name : LargeColumns.OF_HISTORY) {
      String text = row.text(name);
      bytes += text == null ? 0 : Math.max(LargeColumns.bytes(text), sent(text));
    }
    return bytes;
  }

  /** Bytes in a call: UTF-8, with control characters as six and other escapes as two. */
  private static long sent(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        bytes += 6;
      } else if (c < 0x80) {
        bytes += c == '"' || c == '\\' ? 2 : 1;
      } else {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }
}
