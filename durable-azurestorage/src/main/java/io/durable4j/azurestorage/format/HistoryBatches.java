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

  /** What a row is estimated to take. */
  static long estimate(Row row) {
    long bytes = ROW_BYTES;
    for (String name : LargeColumns.OF_HISTORY) {
      String text = row.text(name);
      bytes += text == null ? 0 : LargeColumns.bytes(text);
    }
    return bytes;
  }
}
