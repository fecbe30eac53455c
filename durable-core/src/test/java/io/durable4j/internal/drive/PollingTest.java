package io.durable4j.internal.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.ControlledDrive;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PollingTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration MIN = Duration.ofMillis(50);
  private static final Duration MAX = Duration.ofSeconds(5);

  private static void run(Consumer<Drive> body) {
    ControlledDrive.run(Chooser.fifo(), START, body::accept);
  }

  private static Duration pause(Polling polling) {
    return Duration.ofNanos(polling.next(1_000, null) - 1_000);
  }

  private static List<Duration> pauses(Polling polling, int many) {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      pauses.add(pause(polling));
    }
    return pauses;
  }

  @Test
  void pausesDoubleUpToTheLongestAndAreCutByAnEighthAtMost() {
    run(
        drive -> {
          Polling polling = new Polling(drive, MIN, MAX);
          Duration whole = MIN;
          for (Duration pause : pauses(polling, 200)) {
            assertThat(pause).isBetween(whole.multipliedBy(7).dividedBy(8), whole);
            whole = whole.multipliedBy(2).compareTo(MAX) < 0 ? whole.multipliedBy(2) : MAX;
          }
          polling.restart();
          assertThat(pause(polling)).isLessThanOrEqualTo(MIN);
        });
  }

  @Test
  void whoLookedAtTheSameMomentOnceDoesNotForEver() {
    run(
        drive -> {
          List<Duration> one = pauses(new Polling(drive, MIN, MAX), 100);
          List<Duration> other = pauses(new Polling(drive, MIN, MAX), 100);
          assertThat(one).doesNotContainAnyElementsOf(other);
          assertThat(one.subList(50, 100)).doesNotHaveDuplicates();
        });
  }

  @Test
  void aHiddenMessageIsLookedForWhenItComesIntoSight() {
    run(
        drive -> {
          Polling polling = new Polling(drive, MAX, MAX);
          long now = drive.nanos();
          Duration soon = Duration.ofMillis(700);
          assertThat(polling.next(now, START.plus(soon))).isEqualTo(now + 701_000_000);
          assertThat(polling.next(now, START.minusSeconds(9))).isEqualTo(now + 1_000_000);
          assertThat(Duration.ofNanos(polling.next(now, Instant.MAX) - now))
              .isBetween(MAX.multipliedBy(7).dividedBy(8), MAX);
        });
  }
}
