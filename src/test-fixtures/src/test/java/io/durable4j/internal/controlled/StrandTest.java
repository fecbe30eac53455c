package io.durable4j.internal.controlled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.durable4j.host.RealTime;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strands of the controlled drive, and of the real one where the runtime has them. */
@Timeout(60)
class StrandTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static void onEach(ControlledDrive.Body body, RealBody real) throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      ControlledDrive.run(seed, START, body);
    }
    Drive drive = RealTime.drive();
    if (drive.strand("probe", () -> {}).isPresent()) {
      real.run(drive);
    }
  }

  private interface RealBody {
    void run(Drive drive) throws Exception;
  }

  private static Drive.Strand strand(
      Drive drive, AtomicReference<Drive.Strand> self, Runnable body) {
    self.set(drive.strand("strand", body).orElseThrow());
    return self.get();
  }

  private static void alternates(Drive drive) {
    List<String> said = new ArrayList<>();
    AtomicReference<Drive.Strand> self = new AtomicReference<>();
    Drive.Strand strand =
        strand(
            drive,
            self,
            () -> {
              for (int i = 0; i < 3; i++) {
                said.add("strand " + i);
                self.get().pause();
              }
            });
    assertThat(said).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(strand.resume()).isTrue();
      said.add("caller " + i);
    }
    assertThat(strand.resume()).as("ended").isFalse();
    assertThat(said)
        .containsExactly("strand 0", "caller 0", "strand 1", "caller 1", "strand 2", "caller 2");
  }

  @Test
  void itRunsOnlyWhileTheOtherWaits() throws Exception {
    onEach(StrandTest::alternates, StrandTest::alternates);
  }

  private static void interrupts(Drive drive) {
    List<Boolean> seen = new ArrayList<>();
    AtomicReference<Drive.Strand> self = new AtomicReference<>();
    Drive.Strand strand =
        strand(
            drive,
            self,
            () -> {
              seen.add(Thread.currentThread().isInterrupted());
              self.get().pause();
              seen.add(Thread.currentThread().isInterrupted());
              self.get().interrupt();
              seen.add(Thread.currentThread().isInterrupted());
              self.get().pause();
            });
    assertThat(strand.resume()).isTrue();
    strand.interrupt();
    assertThat(strand.resume()).isTrue();
    assertThat(seen).as("one while it pauses is dropped").containsExactly(false, false, true);
    assertThat(strand.view().stack()).isNotEmpty();
    strand.release();
  }

  @Test
  void interruptsHitItOnlyWhileItRuns() throws Exception {
    onEach(StrandTest::interrupts, StrandTest::interrupts);
  }

  @Test
  void aReleasedOneGoesOnAloneAndPausesForEver() {
    List<String> said = new ArrayList<>();
    ControlledDrive.run(
        Chooser.fifo(),
        START,
        d -> {
          Signal wait = d.signal();
          Signal came = d.signal();
          AtomicReference<Drive.Strand> self = new AtomicReference<>();
          Drive.Strand strand =
              strand(
                  d,
                  self,
                  () -> {
                    self.get().pause();
                    said.add("blocks");
                    wait.await(Signal.FOREVER);
                    said.add("alone");
                    came.raise();
                    self.get().pause();
                    said.add("never");
                  });
          assertThat(strand.resume()).isTrue();
          strand.release();
          said.add("caller goes on");
          wait.raise();
          came.await(Signal.FOREVER);
        });
    assertThat(said).containsExactly("caller goes on", "blocks", "alone");
  }

  @Test
  void itDiesWithItsWorker() {
    AtomicBoolean left = new AtomicBoolean();
    AtomicBoolean went = new AtomicBoolean();
    ControlledDrive.run(
        Chooser.fifo(),
        START,
        d -> {
          Drive worker = d.worker("w");
          Signal parked = d.signal();
          worker.work(
              "turn",
              () -> {
                AtomicReference<Drive.Strand> self = new AtomicReference<>();
                Drive.Strand strand =
                    strand(
                        worker,
                        self,
                        () -> {
                          try {
                            self.get().pause();
                            went.set(true);
                          } finally {
                            left.set(true);
                          }
                        });
                strand.resume();
                parked.raise();
              });
          parked.await(Signal.FOREVER);
          d.kill("w");
          d.sleep(java.time.Duration.ofSeconds(1));
          assertThat(left).isTrue();
        });
    assertThat(went).isFalse();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    List<String> first = ControlledDrive.run(7, START, StrandTest::alternates);
    assertThat(ControlledDrive.run(7, START, StrandTest::alternates)).isEqualTo(first);
    assertThat(first).anyMatch(line -> line.contains("strand"));
  }

  @Test
  void aBlockedOneHoldsNoCarrier() throws InterruptedException {
    Drive drive = RealTime.drive();
    Optional<Drive.Strand> probe = drive.strand("probe", () -> {});
    assumeThat(probe).as("strands on this runtime").isPresent();
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      AtomicReference<Drive.Strand> self = new AtomicReference<>();
      Drive.Strand strand =
          strand(
              drive,
              self,
              () -> {
                synchronized (self) {
                  self.get().pause();
                  awaitIt(never);
                }
              });
      assertThat(strand.resume()).isTrue();
      strand.release();
    }
    alternates(drive);
    never.countDown();
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anInterruptOfTheOneThatWaitsIsHandedOn() {
    Drive drive = RealTime.drive();
    assumeThat(drive.strand("probe", () -> {})).as("strands on this runtime").isPresent();
    Thread caller = Thread.currentThread();
    AtomicBoolean handedOn = new AtomicBoolean();
    AtomicReference<Drive.Strand> self = new AtomicReference<>();
    Drive.Strand strand =
        strand(
            drive,
            self,
            () -> {
              caller.interrupt();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                handedOn.set(true);
              }
            });
    assertThat(strand.resume()).isFalse();
    assertThat(handedOn).isTrue();
    assertThat(Thread.interrupted()).as("and kept").isTrue();
  }
}
