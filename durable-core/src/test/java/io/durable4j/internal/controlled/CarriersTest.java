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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarriersTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** Taken once; a change of the drive that changes schedules may change it. */
  private static final long GOLDEN = 7603764335753728829L;

  private static List<Carriers> all() {
    List<Carriers> all = new ArrayList<>(List.of(Carriers.create(), Carriers.platform()));
    if (VirtualThreads.exist()) {
      all.add(Carriers.sharedVirtual());
    }
    return all;
  }

  /** Starts, waits, sleeps, interrupts, a freeze, an advance and a kill. */
  private static void busy(ControlledDrive d) throws InterruptedException {
    Signal s = d.signal();
    Drive doomed = d.worker("doomed");
    for (int i = 0; i < 6; i++) {
      int n = i;
      (i % 2 == 0 ? doomed : d)
          .work(
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
    d.freeze("doomed", Duration.ofNanos(20));
    d.sleep(Duration.ofNanos(10));
    d.advance(Duration.ofNanos(5));
    d.giveWay();
    d.kill("doomed");
    d.giveWay();
  }

  private static long digest(Carriers carriers, Trace trace, long seed) {
    ControlledDrive[] drive = new ControlledDrive[1];
    Chooser chooser = Chooser.seeded(seed, 40, 1_000);
    ControlledDrive.run(
        carriers,
        trace,
        chooser,
        seed,
        START,
        d -> {
          drive[0] = d;
          busy(d);
        });
    return drive[0].digest();
  }

  @Test
  void scheduleIsTheSameOnAllCarriersAndRuntimes() {
    for (Carriers carriers : all()) {
      try (carriers) {
        assertThat(digest(carriers, Trace.NONE, 7)).as("%s", carriers).isEqualTo(GOLDEN);
        assertThat(digest(carriers, Trace.LINES, 7)).as("%s", carriers).isEqualTo(GOLDEN);
      }
    }
  }

  @Test
  void digestTellsSchedulesApart() {
    Set<Long> different = new HashSet<>();
    try (Carriers carriers = Carriers.create()) {
      for (long seed = 0; seed < 50; seed++) {
        different.add(digest(carriers, Trace.NONE, seed));
      }
    }
    assertThat(different).hasSizeGreaterThan(45);
  }

  @Test
  void traceIsKeptOnlyWhenWanted() {
    try (Carriers carriers = Carriers.create()) {
      Chooser fifo = Chooser.fifo();
      assertThat(
              ControlledDrive.run(
                  carriers, Trace.NONE, fifo, 0, START, d -> assertThat(d.steps()).isEqualTo(1)))
          .isEmpty();
      assertThat(ControlledDrive.run(carriers, Trace.LINES, fifo, 0, START, d -> d.giveWay()))
          .containsExactly("1 PT0S main#0 from start", "2 PT0S main#0 from giving way");
    }
  }

  @Test
  void interruptDoesNotReachTheNextUserOfAThread() {
    for (Carriers carriers : all()) {
      try (carriers) {
        List<Boolean> flags = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          ControlledDrive.run(
              carriers,
              Trace.NONE,
              Chooser.fifo(),
              0,
              START,
              d -> {
                flags.add(Thread.currentThread().isInterrupted());
                Drive.Running w =
                    d.work(
                        "w",
                        () -> {
                          flags.add(Thread.currentThread().isInterrupted());
                          Thread.currentThread().interrupt();
                          d.giveWay();
                          assertThat(Thread.currentThread().isInterrupted()).isTrue();
                        });
                w.join(Signal.FOREVER);
                Thread.currentThread().interrupt();
              });
        }
        assertThat(flags).as("%s", carriers).hasSize(40).containsOnly(false);
      }
    }
  }

  @Test
  void interruptBeforeTheFirstTurnIsSeenByTheBody() {
    for (Carriers carriers : all()) {
      try (carriers) {
        List<Boolean> flags = new ArrayList<>();
        ControlledDrive.run(
            carriers,
            Trace.NONE,
            runnable -> runnable - 1,
            0,
            START,
            d -> {
              Drive.Running w =
                  d.work("w", () -> flags.add(Thread.currentThread().isInterrupted()));
              assertThat(flags).isEmpty();
              w.interrupt();
              w.join(Signal.FOREVER);
            });
        assertThat(flags).as("%s", carriers).containsExactly(true);
      }
    }
  }

  @Test
  void platformThreadsAreUsedAgain() {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    int runs = 50;
    try (Carriers carriers = Carriers.platform()) {
      for (int i = 0; i < runs; i++) {
        ControlledDrive.run(
            carriers,
            Trace.NONE,
            Chooser.fifo(),
            0,
            START,
            d -> {
              used.add(Thread.currentThread());
              for (int k = 0; k < 5; k++) {
                d.work("w", () -> used.add(Thread.currentThread()));
              }
            });
      }
    }
    assertThat(used).hasSizeLessThan(runs * 6);
  }

  @Test
  void runsAtTheSameTimeShareCarriers() {
    for (Carriers carriers : all()) {
      try (carriers) {
        long alone = digest(carriers, Trace.NONE, 3);
        List<CompletableFuture<Long>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          runs.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    Set<Long> digests = new HashSet<>();
                    for (int k = 0; k < 25; k++) {
                      digests.add(digest(carriers, Trace.NONE, 3));
                    }
                    assertThat(digests).hasSize(1);
                    return digests.iterator().next();
                  }));
        }
        assertThat(runs).allSatisfy(r -> assertThat(r.join()).isEqualTo(alone));
      }
    }
  }

  @Test
  void deadlockIsToldOnAllCarriers() {
    for (Carriers carriers : all()) {
      try (carriers) {
        assertThatThrownBy(
                () ->
                    ControlledDrive.run(
                        carriers,
                        Trace.NONE,
                        Chooser.fifo(),
                        0,
                        START,
                        d -> {
                          d.loop("stuck", () -> d.signal().await(Signal.FOREVER));
                          d.signal().await(Signal.FOREVER);
                        }))
            .isInstanceOf(DeadlockException.class)
            .hasMessageContaining("stuck#1 waits at signal")
            .hasMessageContaining("CarriersTest");
      }
    }
  }
}
