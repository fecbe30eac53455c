package io.durable4j.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How real threads end. */
@Timeout(60)
class RealDriveTest {
  private static final int GENERATIONS = 20_000;
  private static final long LONG = TimeUnit.MINUTES.toNanos(1);

  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final RealDrive drive =
      new RealDrive("durable-test", (what, thrown) -> faults.add(thrown));
  private final AtomicInteger ran = new AtomicInteger();

  private void generation() {
    if (ran.incrementAndGet() < GENERATIONS) {
      drive.work("next", this::generation);
    }
  }

  @Test
  void closingWaitsForWorkThatWorkBegins() {
    drive.work("first", this::generation);
    assertThat(drive.close(System.nanoTime() + LONG)).isTrue();
    assertThat(ran).hasValue(GENERATIONS);
    assertThat(faults).isEmpty();
  }

  @Test
  void workThatComesTooLateIsRefusedAndIsNotWaitedFor() throws Exception {
    assertThat(drive.close(System.nanoTime() + LONG)).isTrue();
    assertThatThrownBy(() -> drive.work("late", ran::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(drive.close(System.nanoTime() + LONG)).isTrue();
    assertThat(ran).hasValue(0);
  }

  @Test
  void whatDoesNotEndInTimeIsInterrupted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    drive.work(
        "waits",
        () -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            ran.incrementAndGet();
          }
        });
    begun.await();
    assertThat(drive.close(System.nanoTime())).as("interrupted, it ends").isTrue();
    assertThat(ran).hasValue(1);
  }
}
