package io.durable4j.azurestorage.format;

import java.time.Duration;
import java.time.Instant;

/** How long a message is hidden when it is sent: whole seconds, at most seven days. */
public final class VisibilityDelay {
  /** The longest that the queue service hides a message. */
  public static final Duration MAX = Duration.ofDays(7);

  private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

  private VisibilityDelay() {}

  /**
   * The delay of a message.
   *
   * @param visibleAt when it may be received; a past time means at once
   * @param now the time at the service
   * @return the delay, rounded up to whole seconds; {@link #MAX} when it would be longer, so that
   *     who receives the message has to look whether its time has come
   */
  public static Duration of(Instant visibleAt, Instant now) {
    if (!visibleAt.isAfter(now)) {
      return Duration.ZERO;
    }
    if (!visibleAt.isBefore(now.plus(MAX))) {
      return MAX;
    }
    return Duration.ofSeconds(Duration.between(now, visibleAt).plus(ALMOST_A_SECOND).toSeconds());
  }
}
