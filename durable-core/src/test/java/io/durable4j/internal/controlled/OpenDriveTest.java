package io.durable4j.internal.controlled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenDriveTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final Carriers carriers = Carriers.create();
  // last come, first served: who ought to run first has to be the only one that can
  private final OpenDrive open = OpenDrive.open(carriers, plan(n -> n - 1, 10_000));
  private final Drive drive = open.drive();

  private static OpenDrive.Plan plan(Chooser chooser, long steps) {
    return new OpenDrive.Plan(
        chooser,
        1,
        START,
        false,
        steps,
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        AssertionError::new);
  }

  @AfterEach
  void end() {
    assertThat(open.end()).isEmpty();
    carriers.close();
  }

  private void looker(AtomicInteger looks) {
    drive.loop(
        "looker",
        () -> {
          Signal never = drive.signal();
          while (!never.await(drive.nanos() + 10, () -> Signal.FOREVER)) {
            looks.incrementAndGet();
          }
        });
  }

  @Test
  void looksDoNotStopTheClockAndComeBeforeWhatIsDue() {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger looksBefore = new AtomicInteger();
    // first, so that it would run first
    drive.loop(
        "due",
        () -> {
          drive.signal().await(1_000);
          looksBefore.set(looks.get());
        });
    looker(looks);
    drive.signal().await(2_000);
    assertThat(looksBefore).hasValue(1);
    assertThat(open.jumps())
        .extracting(j -> Duration.between(START, j.to()).toNanos())
        .containsExactly(1_000L, 2_000L);
    assertThat(open.jumps().get(0).due()).containsExactly("due#1");
    assertThat(open.jumps().get(1).due()).containsExactly("main");
  }

  @Test
  void whatWasDueAndIsNotAnyMoreDoesNotStopTheClock() {
    AtomicLong due = new AtomicLong(500);
    drive.loop("watch", () -> drive.signal().await(Signal.FOREVER, due::get));
    open.runUntilIdle();
    due.set(Signal.FOREVER);
    drive.signal().await(1_000);
    assertThat(open.jumps()).hasSize(1);
  }

  @Test
  void whoIsDueEarlierThanItLooksIsWokenThen() {
    List<Long> woke = new ArrayList<>();
    drive.loop(
        "pump",
        () -> {
          assertThat(drive.signal().await(900, () -> 300)).isFalse();
          woke.add(drive.nanos());
        });
    drive.signal().await(1_000);
    assertThat(woke).containsExactly(300L);
  }

  @Test
  void nobodyRunsWhileTheFirstDoes() {
    AtomicBoolean ran = new AtomicBoolean();
    Signal go = drive.signal();
    drive.loop(
        "other",
        () -> {
          go.await(Signal.FOREVER);
          ran.set(true);
        });
    open.runUntilIdle();
    go.raise();
    assertThat(ran).isFalse();
    open.runUntilIdle();
    assertThat(ran).isTrue();
    assertThat(open.jumps()).isEmpty();
  }

  @Test
  void threadsOfTheDriveMayNotMoveItsClock() {
    List<Throwable> thrown = new ArrayList<>();
    drive.work(
        "activity",
        () -> {
          try {
            open.advanceTo(START.plusSeconds(1), "advance");
          } catch (IllegalStateException e) {
            thrown.add(e);
          }
        });
    open.runUntilIdle();
    assertThat(thrown)
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .contains("advance is for the thread of the test, 'main', not for what it runs");
  }

  @Test
  void whatGoesRoundAndRoundIsStoppedInEachWaitAnew() {
    drive.loop(
        "round",
        () -> {
          while (true) {
            open.inner().giveWay();
          }
        });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> drive.signal().await(Signal.FOREVER))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Not idle after 10001 steps");
    }
  }

  @Test
  void aWaitThatLooksNowAndThenIsOne() {
    drive.loop(
        "round",
        () -> {
          for (long t = 10; true; t += 10) {
            drive.signal().await(t);
          }
        });
    Signal result = drive.signal();
    assertThatThrownBy(
            () -> {
              while (!result.await(drive.nanos() + 50, () -> Signal.FOREVER)) {
                // looks again
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Not idle after 10001 steps");
  }
}
