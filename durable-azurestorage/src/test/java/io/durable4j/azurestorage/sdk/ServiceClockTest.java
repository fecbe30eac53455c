package io.durable4j.azurestorage.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** How the services' clock is told from their answers. */
class ServiceClockTest {
  private Instant local = Instant.parse("2026-05-01T12:00:00Z");
  private final ServiceClock clock = new ServiceClock(() -> local);

  /** A call of that length, answered in its middle by a service so far ahead. */
  private void call(Duration length, Duration ahead) {
    Instant begun = local;
    Instant answered = begun.plus(length.dividedBy(2)).plus(ahead);
    local = begun.plus(length);
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.ofEpochSecond(answered.getEpochSecond()).atOffset(ZoneOffset.UTC));
    clock.saw(begun, new HttpHeaders().set(HttpHeaderName.DATE, date));
  }

  @Test
  void isTheLocalClockBeforeAnyAnswer() {
    assertThat(clock.instant()).isEqualTo(local);
  }

  @Test
  void isTheLocalClockWhileThatMayBeRight() {
    for (int i = 0; i < 100; i++) {
      call(Duration.ofMillis(20 + i), Duration.ZERO);
      local = local.plusMillis(337);
    }
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void narrowsTheDifferenceDown() {
    Duration ahead = Duration.ofMillis(90_400);
    call(Duration.ofMillis(20), ahead);
    assertThat(clock.ahead()).isCloseTo(ahead, Duration.ofMillis(1_020));
    for (int i = 0; i < 100; i++) {
      local = local.plusMillis(337);
      call(Duration.ofMillis(20), ahead);
    }
    assertThat(clock.ahead()).isCloseTo(ahead, Duration.ofMillis(60));
    assertThat(clock.instant()).isEqualTo(local.plus(clock.ahead()));
  }

  @Test
  void isBehindWhereTheServiceIs() {
    for (int i = 0; i < 100; i++) {
      local = local.plusMillis(337);
      call(Duration.ofMillis(20), Duration.ofSeconds(-5));
    }
    assertThat(clock.ahead()).isCloseTo(Duration.ofSeconds(-5), Duration.ofMillis(40));
  }

  @Test
  void beginsAnewWhenAClockWasSet() {
    call(Duration.ofMillis(20), Duration.ZERO);
    local = local.plusSeconds(3_600);
    call(Duration.ofMillis(20), Duration.ofSeconds(-3_600));
    assertThat(clock.ahead()).isCloseTo(Duration.ofSeconds(-3_600), Duration.ofMillis(1_020));
  }

  @Test
  void takesNoNoticeOfOtherTexts() {
    clock.saw(local, new HttpHeaders());
    clock.saw(local, new HttpHeaders().set(HttpHeaderName.DATE, "yesterday"));
    assertThat(clock.ahead()).isZero();
  }
}
