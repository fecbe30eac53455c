package io.durable4j.azurestorage.format;

import io.durable4j.history.EventBody;
import io.durable4j.history.InstanceId;
import java.util.List;
import java.util.UUID;

/** What blobs of large payloads are called. */
public final class BlobNames {
  private static final String END = ".json.gz";

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
    return partitionKey + "/history-" + rowKey + "-" + type + "-" + unique.next() + "-" + of + END;
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
    return partitionKey + "/instance-" + unique.next() + "-" + column + END;
  }

  /**
   * What the names of all blobs of an instance begin with.
   *
   * @param instance the instance
   * @return one or two prefixes, which no other instance's blobs have
   */
  public static List<String> prefixes(InstanceId instance) {
    String raw = instance.value() + "/";
    String escaped = Keys.escape(instance.value()) + "/";
    return raw.equals(escaped) ? List.of(raw) : List.of(raw, escaped);
  }

  /**
   * Whether a blob holds a message, which may be on its way.
   *
   * @param name the blob's name
   * @param prefix the prefix of its instance, with which the name begins
   * @return false for what belongs to rows
   */
  public static boolean isMessage(String name, String prefix) {
    return name.startsWith("message-", prefix.length());
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
