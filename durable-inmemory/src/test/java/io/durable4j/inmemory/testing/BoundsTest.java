package io.durable4j.inmemory.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that never come to rest, or whose threads are not those of the test. */
@Timeout(30)
class BoundsTest {
  private static final Duration DAYS = Duration.ofDays(1000);
  private static final TestOptions FEW_STEPS =
      TestOptions.DEFAULT.bounds(2_000, Duration.ofSeconds(10));
  private static final TestOptions BOUNDED =
      TestOptions.DEFAULT.bounds(1_000_000, Duration.ofSeconds(1));
  private static final OrchestratorRef<Integer, String> ROUND =
      OrchestratorRef.of("Round", Integer.class, String.class);

  @Test
  void continuingAsNewForEverIsStopped() {
    try (DurableTest t =
        DurableTest.with(
            FEW_STEPS,
            h ->
                h.orchestrator(
                    ROUND,
                    (ctx, n) -> {
                      ctx.continueAsNew(n + 1);
                      return "";
                    }))) {
      var instance = t.client().schedule(ROUND, 0);
      assertThatThrownBy(() -> instance.result(DAYS))
          .isInstanceOf(TestStoppedError.class)
          .hasMessageContaining("Not idle after 2001 steps")
          .hasMessageContaining(instance.id() + " of Round is RUNNING");
    }
  }

  @Test
  void tryingAgainForEverIsStopped() {
    try (DurableTest t =
        DurableTest.with(
            FEW_STEPS,
            h ->
                h.orchestrator(
                        Flows.ASK,
                        (ctx, in) ->
                            ctx.callActivity(
                                    Flows.WORK,
                                    in,
                                    CallOptions.retry(
                                        RetryPolicy.of(Integer.MAX_VALUE, Duration.ofMinutes(1))))
                                .await())
                    .activity(
                        Flows.WORK,
                        in -> {
                          throw new IllegalStateException("down");
                        }))) {
      var instance = t.client().schedule(Flows.ASK, "x");
      assertThatThrownBy(() -> instance.result(DAYS))
          .isInstanceOf(TestStoppedError.class)
          .hasMessageContaining("Not idle after 2001 steps")
          .hasMessageContaining(instance.id() + " of Ask is RUNNING");
    }
  }

  @Test
  void anActivityThatBlocksIsNamedAndTimeStandsStill() {
    CountDownLatch never = new CountDownLatch(1);
    try (DurableTest t =
        DurableTest.with(
            BOUNDED,
            h ->
                h.orchestrator(Flows.ASK, (ctx, in) -> ctx.callActivity(Flows.WORK, in).await())
                    .activity(
                        Flows.WORK,
                        in -> {
                          never.await();
                          return in;
                        }))) {
      var instance = t.client().schedule(Flows.ASK, "x");
      assertThatThrownBy(() -> instance.result(DAYS))
          .isInstanceOf(TestStoppedError.class)
          .hasMessageContaining("No thread came forward for PT1S of real time")
          .hasMessageContaining("BoundsTest")
          .hasMessageContaining("Waits for activity Work (step 0) since 2030-01-01T12:00:00Z");
      assertThat(t.clock().now()).isEqualTo(TestOptions.DEFAULT.start());
      assertThat(t.clock().jumps()).isEmpty();
    }
  }

  @Test
  void oneThatCannotBeInterruptedIsLeftBehind() {
    CountDownLatch end = new CountDownLatch(1);
    DurableTest t =
        DurableTest.with(
            BOUNDED,
            h ->
                h.orchestrator(Flows.ASK, (ctx, in) -> ctx.callActivity(Flows.WORK, in).await())
                    .activity(
                        Flows.WORK,
                        in -> {
                          awaitUninterruptibly(end);
                          return in;
                        }));
    var instance = t.client().schedule(Flows.ASK, "x");
    assertThatThrownBy(() -> instance.result(DAYS)).isInstanceOf(TestStoppedError.class);
    assertThatThrownBy(t::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("A thread does not end, and is left behind: turn#")
        .hasMessageContaining("awaitUninterruptibly");
    end.countDown();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        // that is the point
      }
    }
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread me = Thread.currentThread();
    CountDownLatch never = new CountDownLatch(1);
    try (DurableTest t =
        DurableTest.with(
            h ->
                h.orchestrator(Flows.ASK, (ctx, in) -> ctx.callActivity(Flows.WORK, in).await())
                    .activity(
                        Flows.WORK,
                        in -> {
                          me.interrupt();
                          never.await();
                          return in;
                        }))) {
      var instance = t.client().schedule(Flows.ASK, "x");
      assertThatThrownBy(() -> instance.result(DAYS))
          .isInstanceOf(TestStoppedError.class)
          .hasMessageContaining("The thread of the test was interrupted while it waited");
    }
    assertThat(Thread.interrupted()).as("the flag, afterwards").isTrue();
  }

  @Test
  void anotherThreadIsRefused() throws InterruptedException {
    try (DurableTest t = Flows.sleeping(TestOptions.DEFAULT)) {
      var instance = t.client().schedule(Flows.SLEEP, Duration.ZERO);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread other =
          new Thread(
              () -> {
                try {
                  instance.state();
                } catch (Throwable e) {
                  thrown.set(e);
                }
              },
              "stranger");
      other.start();
      other.join();
      assertThat(thrown.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Thread 'stranger'")
          .hasMessageContaining("belongs to thread '" + Thread.currentThread().getName() + "'");
    }
  }

  @Test
  void aClockMovedBackwardsIsRefused() {
    try (DurableTest t = Flows.sleeping(TestOptions.DEFAULT)) {
      assertThatThrownBy(() -> t.clock().advance(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the clock shows 2030-01-01T12:00:00Z and never goes back");
      assertThatThrownBy(() -> t.clock().advanceTo(t.clock().now().minusNanos(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void afterItsEndItSaysSo() {
    DurableTest t = Flows.sleeping(TestOptions.DEFAULT);
    t.close();
    t.close();
    assertThatThrownBy(t::client).hasMessageContaining("The test environment is closed");
    assertThatThrownBy(t::runUntilIdle).hasMessageContaining("The test environment is closed");
    assertThatThrownBy(() -> t.clock().now()).hasMessageContaining("closed");
  }
}
