package io.durable4j.host;

import io.durable4j.internal.dispatch.ActivityWatch;
import io.durable4j.internal.dispatch.Permits;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.partition.PartitionBalancer;
import io.durable4j.observe.Health;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a host's health together. Thread-safe; never throws. */
final class HealthCheck {
  private static final int COUNTED = 1_000;

  private final Parts parts;

  /** What it looks at. */
  record Parts(
      Drive drive,
      String worker,
      TaskHub hub,
      HealthWatch seen,
      Terms terms,
      PartitionBalancer balancer,
      Permits turns,
      Permits activities,
      ActivityWatch running) {}

  HealthCheck(Parts parts) {
    this.parts = parts;
  }

  Health now() {
    List<Integer> owned = parts.balancer.owned();
    Health.Storage storage = parts.seen.storage();
    // a storage that fails may also hang, and a health check should not
    Duration oldest = storage.reachable() ? oldestWait(owned) : null;
    Integer quarantined = oldest == null ? null : quarantined();
    return new Health(
        parts.drive.now(),
        parts.worker,
        storage,
        owned,
        parts.seen.unknown(),
        parts.seen.parked(id -> parts.terms.queueOf(id).shard(), owned::contains),
        permits(parts.turns),
        permits(parts.activities),
        parts.running.count(),
        oldest,
        quarantined);
  }

  private static Health.Permits permits(Permits p) {
    return new Health.Permits(p.inUse(), p.total());
  }

  private @Nullable Duration oldestWait(List<Integer> owned) {
    try {
      Duration oldest = parts.hub.messages().stats(QueueId.activity(0)).oldestAge();
      for (int partition : owned) {
        QueueId queue = new QueueId(QueueId.Kind.CONTROL, partition);
        Duration age = parts.hub.messages().stats(queue).oldestAge();
        oldest = age.compareTo(oldest) > 0 ? age : oldest;
      }
      return oldest;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private @Nullable Integer quarantined() {
    try {
      int count = 0;
      InstanceQueries.Token token = null;
      do {
        var page = parts.hub.queries().quarantined(token);
        count += page.items().size();
        token = page.next();
      } while (token != null && count < COUNTED);
      return Math.min(count, COUNTED);
    } catch (RuntimeException e) {
      return null;
    }
  }
}
