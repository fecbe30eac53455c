package io.durable4j.azurestorage.format;

import io.durable4j.history.EventBody;
import io.durable4j.history.InstanceId;
import java.util.UUID;

/** What blobs of large payloads are called. */
public final class BlobNames {
  private static final String END = ".json.gz";
  private static final String HISTORY = "history-";
  private static final String INSTANCE = "instance-";

  private BlobNames() {}

  /** The blob of a large message: under the raw id of the instance that it is for. */
  static String message(InstanceId to, UUID activityId, EventBody body) {
    return to.value()
        + "/message-"
        + activityId.toString().replace("-", "")
        + "-"
        + Family.nameOf(body)
        + END;
  }

  /** The blob of a large column of a history row: under the escaped id. */
  static String history(String partitionKey, String rowKey, String type, Unique unique, String of) {
    String rest = String.join("-", rowKey, type, unique.next(), of);
    return partitionKey + "/" + HISTORY + rest + END;
  }

  /**
   * A blob that belongs to an instance's own row, or to its sentinel: under the escaped id.
   *
   * @param partitionKey the escaped id
   * @param unique for the random part
   * @param column what it holds
   * @return the name
   */
  public static String instance(String partitionKey, Unique unique, String column) {
    return partitionKey + "/" + INSTANCE + unique.next() + "-" + column + END;
  }

  /**
   * What the names of blobs that belong to rows of an instance begin with. Others may begin with it
   * as well: ids may have slashes, and messages stand under ids as they are.
   *
   * @param instance the instance
   * @return the prefix
   */
  public static String prefixOfRows(InstanceId instance) {
    return Keys.escape(instance.value()) + "/";
  }

  /**
   * Whether a blob belongs to a row of an instance. Messages, which may be on their way, do not,
   * nor does anything of an instance whose id goes on where this one ends.
   *
   * @param name the blob's name
   * @param instance the instance
   * @return true for what a purge of the instance takes along
   */
  public static boolean isOfRows(String name, InstanceId instance) {
    String prefix = prefixOfRows(instance);
    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    return (rest.startsWith(HISTORY) || rest.startsWith(INSTANCE)) && rest.indexOf('/') < 0;
  }

  /**
   * Whether a blob holds the message that started an instance; the instance's row may refer to it.
   *
   * @param name the blob's name
   * @return true by its name
   */
  public static boolean isStart(String name) {
    return name.endsWith("ExecutionStarted" + END);
  }

  static boolean isLarge(String name) {
    return name.endsWith(END);
  }

  /** Where the random part of names comes from. */
  @FunctionalInterface
  public interface Unique {
    /**
     * The next part.
     *
     * @return eight hexadecimal digits, others each time
     */
    String next();
  }
}
