package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker holds in storage. When it dies, its leases end at once instead of when their time
 * is over, so that a crash takes no time and no timer fires because of it.
 */
final class Leases {
  private final Map<MessageId, Delivery> held = new LinkedHashMap<>();
  private final List<TaskHub> hubs = new ArrayList<>();

  void opened(TaskHub hub) {
    hubs.add(hub);
  }

  void took(Collection<Delivery> deliveries) {
    deliveries.forEach(d -> held.put(d.message().id(), d));
  }

  void let(Collection<Delivery> deliveries) {
    deliveries.forEach(d -> held.remove(d.message().id()));
  }

  /** Lets somebody receive again what was kept from the worker that received it. */
  void giveBack(Collection<Delivery> deliveries) {
    hubs.get(0).messages().release(deliveries, Duration.ZERO);
  }

  /** The worker is dead. */
  void end() {
    for (TaskHub hub : hubs) {
      hub.messages().release(held.values(), Duration.ZERO);
      PartitionTable table = hub.partitions();
      PartitionTable.Snapshot now = table.read();
      for (PartitionRow row : now.rows()) {
        if (row.owner() != null) {
          table.replace(
              new PartitionRow(
                  row.partition(), null, null, false, now.now(), row.epoch(), row.version()),
              row.version());
        }
      }
      hub.close();
    }
    held.clear();
    hubs.clear();
  }
}
