package io.durable4j.azurestorage.account;

import io.durable4j.azurestorage.format.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of an account. A row has a version, its ETag; each write gives it another. Values of
 * columns are String, Integer, Long, Boolean, Double and Instant.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api">Table
 *     service</a>
 */
public interface Tables {
  /** The most writes of a transaction. */
  int MAX_WRITES = 100;

  /** Any version. */
  String ANY = "*";

  /**
   * Creates a table.
   *
   * @param table its name
   * @return false when it is there already
   */
  boolean create(String table);

  /**
   * Deletes a table with all its rows.
   *
   * @param table its name
   * @return false when it is not there
   */
  boolean delete(String table);

  /**
   * Reads a row.
   *
   * @param table the table
   * @param partitionKey its partition key
   * @param rowKey its row key
   * @return the row; null when it is not there
   */
  @Nullable Found get(String table, String partitionKey, String rowKey);

  /**
   * Reads a page of rows, in the order of their keys.
   *
   * @param table the table
   * @param find which rows
   * @param token where to go on, from the page before; null for the beginning
   * @return a page, which may be empty and yet not be the last one
   */
  Page find(String table, Find find, @Nullable String token);

  /**
   * Writes rows of one partition key, all or none of them.
   *
   * <p>Thrown: unknown. The service's client may have tried again by itself: a conflict may be with
   * the very write, so whoever sees one looks whether it is there.
   *
   * @param table the table
   * @param writes what to write, 1 to {@value #MAX_WRITES}; each row once
   * @return how it ended
   */
  Outcome write(String table, List<Write> writes);

  /**
   * A row that was read.
   *
   * @param row the row, without the service's own column {@code Timestamp}
   * @param etag its version
   */
  record Found(Row row, String etag) {}

  /**
   * Which rows.
   *
   * @param filter the filter, in the service's language; empty for all
   * @param columns the columns that are wanted; empty for all. Keys always come
   * @param max at most so many in a page, 1 to 1000
   */
  record Find(String filter, List<String> columns, int max) {
    /** Copies the list. */
    public Find {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Rows.
   *
   * @param rows the rows
   * @param next where to go on; opaque; null at the end
   */
  record Page(List<Found> rows, @Nullable String next) {
    /** Copies the list. */
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /** A write of one row. */
  sealed interface Write {
    /**
     * Which row.
     *
     * @return the row; of a deletion only the keys count
     */
    Row row();

    /** A row that is not there yet; otherwise a conflict. */
    record Insert(Row row) implements Write {}

    /** A row whose every column is as given; of that version, otherwise a conflict. */
    record Replace(Row row, String etag) implements Write {}

    /** A row whose given columns are as given, the others as they were; of that version. */
    record Merge(Row row, String etag) implements Write {}

    /** A row whose every column is as given, there before or not. */
    record InsertOrReplace(Row row) implements Write {}

    /** A row whose given columns are as given, there before or not. */
    record InsertOrMerge(Row row) implements Write {}

    /** A row that goes; of that version, otherwise a conflict. */
    record Delete(Row row, String etag) implements Write {}
  }

  /** How a write ended. */
  sealed interface Outcome {
    /**
     * It is durable as a whole.
     *
     * @param etags the new versions, in the order of the writes; empty texts for deletions
     */
    record Done(List<String> etags) implements Outcome {
      /** Copies the list. */
      public Done {
        etags = List.copyOf(etags);
      }
    }

    /**
     * It took no effect (or was its own rival, see {@link Tables#write}).
     *
     * @param kind what is in the way
     */
    record Conflict(Kind kind) implements Outcome {}
  }

  /** What is in the way of a write. */
  enum Kind {
    /** The row is there already. */
    EXISTS,
    /** The row has another version. */
    CHANGED,
    /** The row is not there. */
    MISSING
  }
}
