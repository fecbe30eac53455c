package io.durable4j.internal.drive;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a queue that was empty is looked at again. The pause doubles with each empty look up to the
 * longest, and each is cut by up to an eighth, at random: workers that looked at the same moment
 * once, after an outage for instance, would look at the same moments for ever. For one thread.
 */
public final class Polling {
  private static final long MILLI = 1_000_000;
  private static final int CUT = 8;

  private final Drive drive;
  private final long minNanos;
  private final long maxNanos;
  private final SplittableRandom random;
  private long pauseNanos;

  /**
   * Creates one for a queue of which nothing is known.
   *
   * @param drive time and randomness
   * @param min the pause after the first empty look, before the cut
   * @param max the longest pause
   */
  public Polling(Drive drive, Duration min, Duration max) {
    this.drive = drive;
    this.minNanos = min.toNanos();
    this.maxNanos = max.toNanos();
    this.random = new SplittableRandom(drive.randomId().getLeastSignificantBits());
  }

  /** Something came, or may have come: the pauses begin with the shortest again. */
  public void restart() {
    pauseNanos = 0;
  }

  /**
   * When to look again after an empty look.
   *
   * @param nanos when that look began, on the monotonic clock
   * @param visible when a hidden message comes into sight; null if none is known
   * @return the time of the next look on the monotonic clock
   */
  public long next(long nanos, @Nullable Instant visible) {
    pauseNanos = Math.min(maxNanos, Math.max(minNanos, pauseNanos * 2));
    long cut = random.nextLong(pauseNanos / CUT + 1);
    return nanos + Math.min(pauseNanos - cut, untilVisible(visible));
  }

  private long untilVisible(@Nullable Instant visible) {
    if (visible == null) {
      return Long.MAX_VALUE;
    }
    Duration wait = Duration.between(drive.now(), visible);
    return wait.compareTo(Duration.ofNanos(maxNanos)) > 0
        ? Long.MAX_VALUE
        : Math.max(MILLI, wait.toNanos() + MILLI);
  }
}
