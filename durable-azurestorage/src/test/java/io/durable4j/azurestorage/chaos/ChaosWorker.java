package io.durable4j.azurestorage.chaos;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.observe.HostEvent;
import io.durable4j.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A worker in a process of its own. It ends when its standard input does. */
public final class ChaosWorker {
  /** Begins the line that names the worker, once it has started. */
  static final String STARTED = "started ";

  /** A line for each turn and activity that begins. */
  static final String STEP = "step";

  /** The shortest that there are, so that each blow is soon overcome. */
  static final Duration LEASE = Duration.ofSeconds(3);

  private ChaosWorker() {}

  /**
   * The worker.
   *
   * @param args the account's connection string, and the directory of {@link Code}
   */
  public static void main(String[] args) throws IOException {
    try (Backend backend = AzureStorageBackend.create(args[0]);
        DurableHost host =
            new Code(Path.of(args[1]))
                .on(DurableHost.on(backend))
                .set(Setting.HUB_NAME, HubView.HUB.name())
                .set(Setting.HUB_PARTITIONS, Integer.toString(HubView.HUB.partitions()))
                .set(Setting.LEASE, LEASE.toString())
                .set(Setting.PARTITION_LEASE, LEASE.toString())
                .set(Setting.PARTITION_INTERVAL, "PT0.5S")
                .set(Setting.POLL_MAX, "PT0.25S")
                .set(Setting.BACKOFF_MAX, "PT1S")
                .listener(ChaosWorker::tell)
                .start()) {
      System.out.println(STARTED + host.health().worker());
      while (System.in.read() >= 0) {
        // until the test ends it, or has ended itself
      }
    }
  }

  private static void tell(HostEvent event) {
    if (event instanceof HostEvent.TurnStarted || event instanceof HostEvent.ActivityStarted) {
      System.out.println(STEP);
    } else if (!isUsual(event)) {
      System.err.println(Instant.now() + " " + event);
    }
  }

  private static boolean isUsual(HostEvent event) {
    return event instanceof HostEvent.TurnEnded
        || event instanceof HostEvent.ActivityEnded
        || event instanceof HostEvent.InstanceLoaded
        || event instanceof HostEvent.EntityBatchEnded
        || (event instanceof HostEvent.CommitEnded commit
            && commit.outcome() == HostEvent.CommitResult.COMMITTED);
  }
}
