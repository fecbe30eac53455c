package io.durable4j.internal.controlled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FreezeTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final List<String> did = new ArrayList<>();

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }

  private static void run(ControlledDrive.Body body) {
    ControlledDrive.run(Chooser.fifo(), START, body);
  }

  private void ticker(ControlledDrive d, Drive worker, int ticks, long every) {
    worker.loop(
        "ticker",
        () -> {
          for (int i = 0; i < ticks; i++) {
            d.signal().await(d.nanos() + every);
            did.add(d.workerName() + " at " + d.nanos());
          }
        });
  }

  @Test
  void frozenWorkerMissesItsDeadlinesAndRunsOnLater() {
    run(
        d -> {
          ticker(d, d.worker("w1"), 3, 10);
          ticker(d, d.worker("w2"), 3, 10);
          d.giveWay();
          d.freeze("w1", nanos(25));
          d.sleep(nanos(100));
        });
    assertThat(did)
        .containsExactly("w2 at 10", "w2 at 20", "w1 at 25", "w2 at 30", "w1 at 35", "w1 at 45");
  }

  @Test
  void signalRaisedDuringTheFreezeIsKept() {
    run(
        d -> {
          Signal s = d.signal();
          Drive.Running waiter =
              d.worker("w1")
                  .loop("waiter", () -> did.add(s.await(d.nanos() + 10) + " at " + d.nanos()));
          d.giveWay();
          d.freeze("w1", nanos(50));
          d.sleep(nanos(20));
          s.raise();
          waiter.join(Signal.FOREVER);
        });
    assertThat(did).containsExactly("true at 50");
  }

  @Test
  void callerOfTheFrozenWorkerStopsAtOnceAndStartsNothing() {
    run(
        d -> {
          Drive w1 = d.worker("w1");
          Drive.Running self =
              w1.loop(
                  "self",
                  () -> {
                    d.freeze("w1", nanos(40));
                    did.add("went on at " + d.nanos());
                  });
          w1.work("late", () -> did.add("late at " + d.nanos()));
          self.join(Signal.FOREVER);
          d.sleep(nanos(1));
        });
    assertThat(did).containsExactly("went on at 40", "late at 40");
  }

  @Test
  void theLongerOfTwoFreezesCounts() {
    run(
        d -> {
          ticker(d, d.worker("w1"), 1, 1);
          d.freeze("w1", nanos(30));
          d.freeze("w1", nanos(20));
          d.sleep(nanos(50));
        });
    assertThat(did).containsExactly("w1 at 30");
  }

  @Test
  void unfreezeAllLetsThemRunAtOnce() {
    run(
        d -> {
          ticker(d, d.worker("w1"), 1, 5);
          d.giveWay();
          d.freeze("w1", Duration.ofDays(1));
          d.sleep(nanos(10));
          assertThat(did).isEmpty();
          d.unfreezeAll();
          d.sleep(nanos(1));
        });
    assertThat(did).containsExactly("w1 at 10");
  }

  @Test
  void killEndsAFrozenWorkerAtOnce() {
    run(
        d -> {
          Drive.Running looper = d.worker("w1").loop("looper", () -> d.signal().await(3));
          d.giveWay();
          d.freeze("w1", Duration.ofDays(1));
          d.kill("w1");
          assertThat(looper.join(d.nanos() + 1)).isTrue();
          assertThat(d.nanos()).isZero();
          d.freeze("w1", Duration.ofDays(1));
          ticker(d, d.worker("w1"), 1, 1);
          d.sleep(nanos(5));
        });
    assertThat(did).containsExactly("w1 at 1");
  }

  @Test
  void frozenForTheRestOfTheRunDiesWithIt() {
    run(
        d -> {
          ticker(d, d.worker("w1"), 3, 1);
          d.freeze("w1", nanos(Long.MAX_VALUE));
          d.sleep(nanos(1_000));
        });
    assertThat(did).isEmpty();
  }

  @Test
  void theClockJumpsToAThawBeforeALaterDeadline() {
    run(
        d -> {
          Drive w1 = d.worker("w1");
          d.freeze("w1", nanos(5));
          Drive.Running w = w1.work("w", () -> did.add("w at " + d.nanos()));
          assertThat(w.join(100)).isTrue();
        });
    assertThat(did).containsExactly("w at 5");
  }

  @Test
  void advanceWakesInDeadlineOrderAndKeepsTheTurn() {
    run(
        d -> {
          for (int at : new int[] {30, 10, 20, 99}) {
            d.work(
                "s" + at,
                () -> {
                  boolean raised = d.signal().await(at);
                  did.add(at + " " + raised + " at " + d.nanos());
                });
          }
          d.giveWay();
          d.advance(nanos(50));
          did.add("still here at " + d.nanos());
          d.giveWay();
          assertThat(did).hasSize(4);
        });
    assertThat(did)
        .containsExactly("still here at 50", "10 false at 50", "20 false at 50", "30 false at 50");
  }

  @Test
  void advanceThawsWhoIsDue() {
    run(
        d -> {
          Drive.Running self = d.worker("w1").loop("self", () -> d.freeze("w1", nanos(40)));
          d.advance(nanos(39));
          assertThat(self.join(d.nanos())).isFalse();
          d.advance(nanos(1));
          assertThat(self.join(d.nanos() + 1)).isTrue();
          assertThat(d.nanos()).isEqualTo(40);
        });
  }

  @Test
  void timesMustNotBeNegative() {
    run(
        d -> {
          assertThatThrownBy(() -> d.advance(nanos(-1)))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> d.freeze("w1", nanos(-1)))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void aThreadKnowsItsWorkerAndWhetherItIsDead() {
    ControlledDrive[] drive = new ControlledDrive[1];
    run(
        d -> {
          drive[0] = d;
          Drive.Running w =
              d.worker("w1")
                  .loop(
                      "w",
                      () -> {
                        did.add(d.workerName() + " " + d.isKilled());
                        try {
                          d.signal().await(Signal.FOREVER);
                        } finally {
                          did.add(d.workerName() + " " + d.isKilled());
                        }
                      });
          d.kill("w1");
          did.add(d.workerName() + " " + d.isKilled());
          w.join(Signal.FOREVER);
        });
    assertThat(did).containsExactly("w1 false", " false", "w1 true");
    assertThat(drive[0].workerName()).isEmpty();
    assertThat(drive[0].isKilled()).isFalse();
  }
}
