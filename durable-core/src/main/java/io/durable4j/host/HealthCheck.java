package io.durable4j.host;

import io.durable4j.internal.dispatch.ActivityWatch;
import io.durable4j.internal.dispatch.Permits;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.partition.PartitionBalancer;
import io.durable4j.internal.session.SessionCache;
import io.durable4j.observe.Health;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Puts a host's health together. Thread-safe; never throws. */
final class HealthCheck {
  private final Parts parts;

  /** What it looks at. */
  record Parts(
      Drive drive,
      String worker,
      HealthProbe probe,
      HealthWatch seen,
      Terms terms,
      PartitionBalancer balancer,
      Permits turns,
      Permits entities,
      Permits activities,
      ActivityWatch running,
      SessionCache sessions) {}

  HealthCheck(Parts parts) {
    this.parts = parts;
  }

  Health now(boolean closed) {
    List<Integer> owned = parts.balancer.owned();
    HealthProbe.Answer answer = closed ? null : parts.probe.ask(owned);
    return new Health(
        parts.drive.now(),
        parts.worker,
        closed,
        parts.seen.storage(answer != null),
        owned,
        parts.seen.unknown(),
        parts.seen.parked(id -> parts.terms.queueOf(id).shard(), owned::contains),
        permits(parts.turns),
        permits(parts.entities),
        permits(parts.activities),
        parts.running.count(),
        sessions(parts.sessions),
        oldestHeld(),
        answer == null ? null : answer.oldestQueued(),
        answer == null ? null : answer.quarantined());
  }

  private Duration oldestHeld() {
    long oldest = parts.terms.oldestNanos();
    return oldest == Signal.FOREVER
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, parts.drive.nanos() - oldest));
  }

  private static Health.Sessions sessions(SessionCache cache) {
    String level = cache.level().name().toLowerCase(Locale.ROOT);
    return new Health.Sessions(level, cache.count(), cache.bytes());
  }

  private static Health.Permits permits(Permits p) {
    return new Health.Permits(p.inUse(), p.total());
  }
}
