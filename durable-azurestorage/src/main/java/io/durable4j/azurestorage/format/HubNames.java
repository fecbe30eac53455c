package io.durable4j.azurestorage.format;

import io.durable4j.data.DurableException;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the queues, tables and containers of a hub are called.
 *
 * @param hub the hub
 * @param trackingPrefix what the names of the history and instances tables begin with when they
 *     stand in a tracking account of their own; null when they stand with the queues
 */
public record HubNames(HubSpec hub, @Nullable String trackingPrefix) {
  /** The prefix that the family uses for a tracking account. */
  public static final String DEFAULT_TRACKING_PREFIX = "DurableTask";

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,53}");

  /** Refuses a prefix that no table can have. */
  public HubNames {
    if (trackingPrefix != null && !PREFIX.matcher(trackingPrefix).matches()) {
      throw new DurableException(
          "Invalid TrackingStoreNamePrefix '"
              + trackingPrefix
              + "': a letter, then up to 53 letters or digits");
    }
  }

  /**
   * A control queue.
   *
   * @param partition which partition
   * @return its name
   */
  public String controlQueue(int partition) {
    Objects.checkIndex(partition, hub.partitions());
    return lower(String.format(Locale.ROOT, "-control-%02d", partition));
  }

  /**
   * All control queues.
   *
   * @return their names, in the order of the partitions
   */
  public List<String> controlQueues() {
    List<String> names = new ArrayList<>();
    for (int p = 0; p < hub.partitions(); p++) {
      names.add(controlQueue(p));
    }
    return names;
  }

  /**
   * The queue of activities.
   *
   * @return its name
   */
  public String workItemQueue() {
    return lower("-workitems");
  }

  /**
   * A queue of the SPI.
   *
   * @param queue the queue
   * @return its name
   */
  public String queue(QueueId queue) {
    return queue.kind() == QueueId.Kind.CONTROL ? controlQueue(queue.shard()) : workItemQueue();
  }

  /**
   * The table of histories.
   *
   * @return its name
   */
  public String historyTable() {
    return tracked("History");
  }

  /**
   * The table of instances.
   *
   * @return its name
   */
  public String instancesTable() {
    return tracked("Instances");
  }

  /**
   * The table of who owns which partition.
   *
   * @return its name, the hub's own always
   */
  public String partitionsTable() {
    return hub.name() + "Partitions";
  }

  /**
   * The container of large payloads.
   *
   * @return its name
   */
  public String largeMessages() {
    return lower("-largemessages");
  }

  /**
   * The container of messages that were set aside.
   *
   * @return its name
   */
  public String quarantine() {
    return lower("-quarantine");
  }

  /**
   * The container of {@code taskhub.json}, and of blob leases where the family uses them.
   *
   * @return its name
   */
  public String leases() {
    return lower("-leases");
  }

  /**
   * The container whose lease is the app's.
   *
   * @return its name
   */
  public String appLease() {
    return lower("-applease");
  }

  /**
   * The blob in {@link #appLease} that tells who holds it.
   *
   * @return its name
   */
  public String appLeaseInfo() {
    return lower("-appleaseinfo");
  }

  /**
   * Whether the tables may hold rows of other hubs, so that queries have to ask for this one's.
   *
   * @return true with a tracking prefix
   */
  public boolean sharesTables() {
    return trackingPrefix != null;
  }

  private String tracked(String table) {
    return (trackingPrefix == null ? hub.name() : trackingPrefix) + table;
  }

  private String lower(String suffix) {
    return hub.name().toLowerCase(Locale.ROOT) + suffix;
  }
}
