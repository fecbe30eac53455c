package io.durable4j.spi;

import io.durable4j.history.InstanceId;
import java.nio.charset.StandardCharsets;

/**
 * A queue of a hub.
 *
 * @param kind what it carries
 * @param shard which one of the kind, from 0
 */
public record QueueId(Kind kind, int shard) {
  /** What a queue carries. */
  public enum Kind {
    /** Messages to orchestrations; one queue a partition. */
    CONTROL,
    /** Messages to activities. */
    ACTIVITY
  }

  /**
   * The control queue of an instance: the 32-bit FNV-1a hash of the id's UTF-8 bytes, unsigned,
   * modulo the number of partitions.
   *
   * @param instance the instance
   * @param partitions how many partitions the hub has
   * @return the queue
   * @see <a href="https://datatracker.ietf.org/doc/draft-eastlake-fnv/">FNV</a>
   */
  public static QueueId control(InstanceId instance, int partitions) {
    return new QueueId(Kind.CONTROL, Integer.remainderUnsigned(hash(instance.value()), partitions));
  }

  private static int hash(String id) {
    int hash = 0x811C9DC5;
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) >= 0x80) {
        return hash(id.getBytes(StandardCharsets.UTF_8));
      }
      hash = (hash ^ id.charAt(i)) * 0x01000193;
    }
    return hash;
  }

  private static int hash(byte[] bytes) {
    int hash = 0x811C9DC5;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xFF)) * 0x01000193;
    }
    return hash;
  }

  /**
   * An activity queue.
   *
   * @param shard which one
   * @return the queue
   */
  public static QueueId activity(int shard) {
    return new QueueId(Kind.ACTIVITY, shard);
  }
}
