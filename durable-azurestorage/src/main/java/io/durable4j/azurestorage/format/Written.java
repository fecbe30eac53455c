package io.durable4j.azurestorage.format;

import java.util.List;

/**
 * A row with the blobs that its large columns are kept in.
 *
 * @param row the row
 * @param blobs the blobs, to be written before the row
 */
public record Written(Row row, List<LargeText> blobs) {
  /** Copies the list. */
  public Written {
    blobs = List.copyOf(blobs);
  }
}
