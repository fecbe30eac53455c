package io.durable4j.azurestorage.sdk;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;

/**
 * The services' clock, as their answers tell it. A {@code Date} header is of whole seconds and was
 * written between request and answer, so each answer bounds the difference from the local clock;
 * bounds of many answers narrow it down. While the local clock can be right, it is taken as right.
 * Thread-safe.
 */
final class ServiceClock implements InstantSource {
  private static final Duration RESOLUTION = Duration.ofSeconds(1);
  private static final Duration FAR = Duration.ofDays(36_500);

  private final InstantSource local;
  private Duration least = FAR.negated();
  private Duration most = FAR;

  ServiceClock(InstantSource local) {
    this.local = local;
  }

  Instant local() {
    return local.instant();
  }

  void saw(Instant begun, HttpHeaders headers) {
    String date = headers.getValue(HttpHeaderName.DATE);
    if (date == null) {
      return;
    }
    Instant ended = local.instant();
    Instant there;
    try {
      there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return; // something between here and the service wrote it
    }
    bound(Duration.between(ended, there), Duration.between(begun, there.plus(RESOLUTION)));
  }

  private synchronized void bound(Duration low, Duration high) {
    Duration both = max(least, low);
    Duration under = min(most, high);
    boolean stepped = both.compareTo(under) > 0; // a clock was set: what was known holds no more
    least = stepped ? low : both;
    most = stepped ? high : under;
  }

  /** How far the services are ahead of the local clock. */
  synchronized Duration ahead() {
    return min(max(Duration.ZERO, least), most);
  }

  @Override
  public Instant instant() {
    return local.instant().plus(ahead());
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
