package io.durable4j.internal.dispatch;

import io.durable4j.internal.drive.Signal;
import io.durable4j.spi.Messages;
import io.durable4j.spi.QueueId;
import java.time.Duration;

/**
 * When to fetch activities whatever their names are, where fetches bring known ones only: rarely,
 * since each fetch counts as a delivery, and only when the oldest one waits for long. The next look
 * comes when that one's age has doubled, at the end of the grace time, and each half of it after.
 * For one thread.
 */
final class Strays {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long MILLI = 1_000_000;

  private final Messages messages;
  private final UnknownNames unknown;
  private final boolean picks;
  private final long graceNanos;
  private final long longNanos;
  private long next = Long.MIN_VALUE;

  Strays(Messages messages, DispatchSettings settings, UnknownNames unknown, boolean picks) {
    this.messages = messages;
    this.unknown = unknown;
    this.picks = picks;
    this.graceNanos = settings.unknownGrace().toNanos();
    this.longNanos =
        Math.max(settings.pollMin().toNanos(), Math.min(LONG.toNanos(), graceNanos / 2));
  }

  /** Whether to fetch whatever waits, now; looks at the queue's age when it may be time. */
  boolean areDue(long nanos) {
    if (!picks || nanos < next) {
      return false;
    }
    next = nanos + longNanos;
    long age = messages.stats(QueueId.activity(0)).oldestAge().toNanos();
    if (age < longNanos) {
      return false;
    }
    if (unknown.someAreNobodys(nanos)) {
      return true;
    }
    long untilGrace = age < graceNanos ? graceNanos - age : Math.max(longNanos, graceNanos / 2);
    next = nanos + Math.max(MILLI, Math.min(age, untilGrace));
    return true;
  }

  /** When {@link #areDue} wants to be asked again. */
  long nextNanos() {
    return picks ? next : Signal.FOREVER;
  }
}
