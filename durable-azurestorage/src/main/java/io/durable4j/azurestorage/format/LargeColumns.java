package io.durable4j.azurestorage.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Columns whose texts go into blobs when they are large; the row then names the blob. */
final class LargeColumns {
  /** The largest text that stands in a row, in bytes of UTF-16. */
  static final int MAX_BYTES = 60 * 1024;

  /** The columns of history rows that may be large; the last is this engine's. */
  static final List<String> OF_HISTORY =
      List.of(
          "Name",
          "Input",
          "Result",
          "Output",
          "Reason",
          "Details",
          "Correlation",
          "FailureDetails",
          "Tags",
          Extras.BODY);

  /** The large columns that this engine adds to other rows. */
  static final List<String> OF_STATE = List.of(Extras.STATE, Extras.MAY_RETURN);

  private static final String BLOB = "BlobName";

  private LargeColumns() {}

  static boolean isLarge(String text) {
    return bytes(text) > MAX_BYTES;
  }

  static long bytes(String text) {
    return 2L * text.length();
  }

  /** Takes large texts out of a row; {@code blobs} names the blob of a column. */
  static Written away(Row row, List<String> names, UnaryOperator<String> blobs) {
    List<LargeText> large = new ArrayList<>();
    Map<String, Object> columns = new LinkedHashMap<>(row.columns());
    for (String name : names) {
      String text = row.text(name);
      if (text != null && isLarge(text)) {
        LargeText blob = new LargeText(blobs.apply(name), text);
        large.add(blob);
        columns.put(name, "");
        columns.put(name + BLOB, blob.blob());
      }
    }
    return new Written(new Row(row.partitionKey(), row.rowKey(), columns), large);
  }

  /** Brings the texts back; {@code blobs} reads a blob of a name. */
  static Row back(Row row, List<String> names, UnaryOperator<String> blobs) {
    Map<String, Object> columns = null;
    for (String name : names) {
      String blob = row.text(name + BLOB);
      String text = row.text(name);
      if (blob != null && (text == null || text.isEmpty())) {
        if (columns == null) {
          columns = new LinkedHashMap<>(row.columns());
        }
        columns.put(name, blobs.apply(blob));
        columns.remove(name + BLOB);
      }
    }
    return columns == null ? row : new Row(row.partitionKey(), row.rowKey(), columns);
  }

  /** The blobs that a row names and that hold a text; a name without use may have stayed behind. */
  static List<String> used(Row row, List<String> names) {
    List<String> used = new ArrayList<>();
    for (String name : names) {
      String text = row.text(name);
      String blob = row.text(name + BLOB);
      if (blob != null && (text == null || text.isEmpty())) {
        used.add(blob);
      }
    }
    return used;
  }

  /** The column that names the blob of a column. */
  static String nameOfBlob(String column) {
    return column + BLOB;
  }

  /** The blobs that a row names. */
  static List<String> named(Row row, List<String> names) {
    List<String> blobs = new ArrayList<>();
    for (String name : names) {
      String blob = row.text(name + BLOB);
      if (blob != null) {
        blobs.add(blob);
      }
    }
    return blobs;
  }
}
