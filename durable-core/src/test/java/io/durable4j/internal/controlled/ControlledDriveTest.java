package io.durable4j.internal.controlled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlledDriveTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static List<String> run(ControlledDrive.Body body) {
    return ControlledDrive.run(Chooser.fifo(), START, body);
  }

  @Test
  void pingPong() {
    List<String> said = new ArrayList<>();
    run(
        d -> {
          Signal ping = d.signal();
          Signal pong = d.signal();
          Drive.Running other =
              d.loop(
                  "other",
                  () -> {
                    for (int i = 0; i < 3; i++) {
                      assertThat(ping.await(Signal.FOREVER)).isTrue();
                      said.add("pong");
                      pong.raise();
                    }
                  });
          for (int i = 0; i < 3; i++) {
            said.add("ping");
            ping.raise();
            assertThat(pong.await(Signal.FOREVER)).isTrue();
          }
          assertThat(other.join(Signal.FOREVER)).isTrue();
        });
    assertThat(said).containsExactly("ping", "pong", "ping", "pong", "ping", "pong");
  }

  @Test
  void raisedBeforeTheWaitIsNotLostAndTakenOnce() {
    run(
        d -> {
          Signal s = d.signal();
          s.raise();
          s.raise();
          assertThat(s.await(Signal.FOREVER)).isTrue();
          assertThat(s.await(d.nanos() + 5)).isFalse();
          assertThat(d.nanos()).isEqualTo(5);
        });
  }

  @Test
  void clockJumpsToTheEarliestDeadline() {
    List<String> woke = new ArrayList<>();
    run(
        d -> {
          List<Drive.Running> all = new ArrayList<>();
          for (int seconds : new int[] {30, 10, 20}) {
            all.add(
                d.work(
                    "s" + seconds,
                    () -> {
                      d.signal().await(Duration.ofSeconds(seconds).toNanos());
                      woke.add(seconds + " at " + Duration.between(START, d.now()));
                    }));
          }
          for (Drive.Running r : all) {
            assertThat(r.join(Signal.FOREVER)).isTrue();
          }
        });
    assertThat(woke).containsExactly("10 at PT10S", "20 at PT20S", "30 at PT30S");
  }

  @Test
  void threeDaysPassAtOnce() {
    run(
        d -> {
          d.sleep(Duration.ofHours(72));
          assertThat(d.now()).isEqualTo(START.plus(Duration.ofDays(3)));
          assertThat(d.clock().instant()).isEqualTo(d.now());
          assertThat(d.nanos()).isEqualTo(Duration.ofHours(72).toNanos());
        });
  }

  @Test
  void joinGivesUpAtItsDeadline() {
    run(
        d -> {
          Drive.Running slow = d.work("slow", () -> d.signal().await(1_000));
          assertThat(slow.join(500)).isFalse();
          assertThat(d.nanos()).isEqualTo(500);
          assertThat(slow.join(Signal.FOREVER)).isTrue();
          assertThat(d.nanos()).isEqualTo(1_000);
        });
  }

  @Test
  void deadlockIsToldToTheTest() {
    assertThatThrownBy(
            () ->
                run(
                    d -> {
                      Signal never = d.signal();
                      d.loop("stuck", () -> never.await(Signal.FOREVER));
                      d.signal().await(Signal.FOREVER);
                    }))
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("main#0 waits at signal 1")
        .hasMessageContaining("stuck#1 waits at signal 0")
        .hasMessageContaining("ControlledDriveTest");
  }

  @Test
  void livelockIsToldToTheTest() {
    assertThatThrownBy(
            () ->
                run(
                    d -> {
                      while (d.nanos() == 0) {
                        d.giveWay();
                      }
                    }))
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("Livelock");
  }

  private static List<String> busy(long seed) {
    return ControlledDrive.run(
        seed,
        START,
        d -> {
          Signal s = d.signal();
          for (int i = 0; i < 4; i++) {
            int n = i;
            d.work(
                "w" + i,
                () -> {
                  for (int k = 0; k < 5; k++) {
                    d.giveWay();
                    if ((d.randomId().hashCode() & 1) == 0) {
                      s.raise();
                    }
                    d.signal().await(d.nanos() + n * 7L);
                  }
                });
          }
          for (int i = 0; i < 10; i++) {
            s.await(d.nanos() + 3);
          }
        });
  }

  @Test
  void sameSeedSameRun() {
    assertThat(busy(7)).isNotEmpty().isEqualTo(busy(7));
    Set<List<String>> different = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      different.add(busy(seed));
    }
    assertThat(different).hasSizeGreaterThan(5);
  }

  @Test
  void onlyOneRunsAtATime() {
    int[] counter = {0};
    ControlledDrive.run(
        3,
        START,
        d -> {
          List<Drive.Running> all = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            all.add(
                d.work(
                    "adder",
                    () -> {
                      for (int k = 0; k < 500; k++) {
                        counter[0]++;
                        d.giveWay();
                      }
                    }));
          }
          all.forEach(r -> r.join(Signal.FOREVER));
        });
    assertThat(counter[0]).isEqualTo(4_000);
  }

  @Test
  void killedWorkerNeverRunsAgain() {
    List<String> did = new ArrayList<>();
    run(
        d -> {
          Drive w1 = d.worker("w1");
          Signal go = d.signal();
          Signal late = d.signal();
          Drive.Running waits =
              w1.loop(
                  "waits",
                  () -> {
                    try {
                      go.await(Signal.FOREVER);
                      did.add("went on");
                    } finally {
                      late.raise();
                      w1.work("child", () -> did.add("child"));
                    }
                  });
          Drive.Running other = d.worker("w2").loop("other", () -> go.await(Signal.FOREVER));
          d.kill("w1");
          assertThat(waits.join(Signal.FOREVER)).isTrue();
          assertThat(late.await(d.nanos())).isFalse();
          w1.work("after", () -> did.add("after")).join(Signal.FOREVER);
          go.raise();
          assertThat(other.join(d.nanos())).isTrue();
          d.worker("w1").work("again", () -> did.add("again")).join(Signal.FOREVER);
        });
    assertThat(did).containsExactly("again");
  }

  @Test
  void killedThreadThatSwallowsEverythingIsLeftBehind() {
    run(
        d ->
            d.loop(
                "stubborn",
                () -> {
                  while (true) {
                    try {
                      d.signal().await(Signal.FOREVER);
                    } catch (Throwable e) {
                      assertThat(e).isInstanceOf(Killed.class);
                    }
                  }
                }));
  }

  @Test
  void uncaughtExceptionOfAThreadFailsTheRun() {
    assertThatThrownBy(
            () ->
                run(
                    d ->
                        d.work(
                            "bad",
                            () -> {
                              throw new IllegalStateException("boom");
                            })))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bad#1 ended with java.lang.IllegalStateException: boom");
  }

  @Test
  void theBodysExceptionComesAsItIs() {
    RuntimeException mine = new RuntimeException("mine");
    assertThatThrownBy(
            () ->
                run(
                    d -> {
                      throw mine;
                    }))
        .isSameAs(mine);
  }

  @Test
  void theBodysCheckedExceptionComesInsideAnError() {
    Exception mine = new Exception("mine");
    assertThatThrownBy(
            () ->
                run(
                    d -> {
                      throw mine;
                    }))
        .isInstanceOf(AssertionError.class)
        .cause()
        .isSameAs(mine);
  }

  @Test
  void interruptEndsASleepButNotASignalsWait() {
    List<String> did = new ArrayList<>();
    run(
        d -> {
          Signal s = d.signal();
          Drive.Running sleeper =
              d.work(
                  "sleeper",
                  () -> {
                    try {
                      d.sleep(Duration.ofHours(1));
                      did.add("slept");
                    } catch (InterruptedException e) {
                      did.add("interrupted at " + d.nanos());
                    }
                  });
          Drive.Running waiter =
              d.work(
                  "waiter",
                  () ->
                      did.add(s.await(2_000) + ", flag " + Thread.currentThread().isInterrupted()));
          d.sleep(Duration.ofNanos(1_000));
          sleeper.interrupt();
          waiter.interrupt();
          sleeper.join(Signal.FOREVER);
          waiter.join(Signal.FOREVER);
        });
    assertThat(did).containsExactly("interrupted at 1000", "false, flag true");
  }

  @Test
  void randomIdsAreVersion4AndRepeatable() {
    List<Object> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ControlledDrive.run(5, START, d -> ids.add(d.randomId()));
    }
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(((java.util.UUID) ids.get(0)).version()).isEqualTo(4);
    assertThat(((java.util.UUID) ids.get(0)).variant()).isEqualTo(2);
  }
}
