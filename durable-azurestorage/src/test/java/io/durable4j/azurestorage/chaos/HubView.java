package io.durable4j.azurestorage.chaos;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.client.DurableClient;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.contract.NoWakeUps;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.spi.Backend;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The hub of a run, seen without the proxy. */
final class HubView implements AutoCloseable {
  static final HubSpec HUB = new HubSpec("Chaos", 4);

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PROBE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String NOBODY = "nobody";

  private final Azurite azurite;
  private final Backend backend;
  private final TaskHub hub;
  private final DurableClient client;

  /** Makes the hub. */
  HubView(Azurite azurite) {
    this.azurite = azurite;
    backend = AzureStorageBackend.create(azurite.connectionString());
    backend.create(HUB);
    hub = backend.open(HUB, new NoWakeUps());
    client = connect(backend);
  }

  static DurableClient connect(Backend backend) {
    return DurableHost.on(backend)
        .set(Setting.HUB_NAME, HUB.name())
        .set(Setting.HUB_PARTITIONS, Integer.toString(HUB.partitions()))
        .connect();
  }

  DurableClient client() {
    return client;
  }

  /** Waits until a worker owns a partition. */
  void awaitOwner(String worker) {
    until(worker + " owns a partition", () -> owners().contains(worker));
  }

  /** Waits until a worker owns all partitions. */
  void awaitSoleOwner(String worker) {
    until(worker + " owns all partitions", () -> owners().stream().allMatch(worker::equals));
  }

  private List<String> owners() {
    PartitionTable.Snapshot table = hub.partitions().read();
    return table.rows().stream().map(row -> owner(row, table.now())).toList();
  }

  private static String owner(PartitionRow row, Instant now) {
    return row.owner() == null || row.expiresAt().isBefore(now) ? NOBODY : row.owner().value();
  }

  /** Waits until no message is left in any queue. */
  void awaitEmptyQueues() {
    until("no message is left", () -> lengths().stream().allMatch(length -> length == 0));
  }

  private List<Long> lengths() {
    List<Long> lengths = new ArrayList<>();
    lengths.add(hub.messages().stats(QueueId.activity(0)).length());
    for (int i = 0; i < HUB.partitions(); i++) {
      lengths.add(hub.messages().stats(new QueueId(QueueId.Kind.CONTROL, i)).length());
    }
    return lengths;
  }

  private void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        String whose = azurite.queuesAnswer(PROBE) ? "" : "Azurite stalls: ";
        throw new AssertionError(
            whose
                + ("not within " + LIMIT + ": " + what)
                + ("; owners " + owners() + ", lengths of queues " + lengths()));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    client.close();
    hub.close();
    backend.close();
  }
}
