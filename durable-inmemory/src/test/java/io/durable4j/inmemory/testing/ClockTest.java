package io.durable4j.inmemory.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.client.DurableClient;
import io.durable4j.client.ResultTimeoutException;
import io.durable4j.client.StartOptions;
import io.durable4j.history.OrchestrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ClockTest {
  private static final Instant NOON = TestOptions.DEFAULT.start();
  private static final Duration LONG = Duration.ofHours(72);

  @Test
  void threeDaysAreOneJump() {
    try (DurableTest t = Flows.sleeping(TestOptions.DEFAULT)) {
      var instance = t.client().schedule(Flows.SLEEP, LONG);
      assertThat(instance.result(Duration.ofDays(4))).isEqualTo("slept PT72H");
      assertThat(t.clock().jumps()).hasSize(1);
      assertThat(t.clock().jumps().get(0).from()).isEqualTo(NOON);
      assertThat(t.clock().jumps().get(0).to()).isEqualTo(NOON.plus(LONG));
      assertThat(t.clock().now()).isEqualTo(NOON.plus(LONG));
      assertThat(t.clock().realSeconds()).isZero();
    }
  }

  @Test
  void advanceMovesItAndResultIsThere() {
    try (DurableTest t = Flows.sleeping(TestOptions.DEFAULT)) {
      var instance = t.client().schedule(Flows.SLEEP, LONG);
      t.clock().advance(LONG.minusMillis(1));
      assertThatThrownBy(() -> instance.result(Duration.ZERO))
          .isInstanceOf(ResultTimeoutException.class)
          .hasMessageContaining("Waits for a timer due 2030-01-04T12:00:00Z (step 0) since 2030");
      t.clock().advance(Duration.ofMillis(1));
      assertThat(instance.result(Duration.ZERO)).isEqualTo("slept PT72H");
      assertThat(t.clock().jumps()).hasSize(2);
    }
  }

  @Test
  void aPausedClockFailsAWaitThatOnlyTimeCouldEnd() {
    try (DurableTest t = Flows.sleeping(TestOptions.DEFAULT.clockPaused())) {
      var instance = t.client().schedule(Flows.SLEEP, LONG);
      assertThatThrownBy(() -> instance.result(Duration.ofDays(9)))
          .isInstanceOf(TestStoppedError.class)
          .hasMessageContaining("The clock is paused at 2030-01-01T12:00:00Z")
          .hasMessageContaining("Call advance(PT72H)")
          .hasMessageContaining("Waits for a timer due 2030-01-04T12:00:00Z");
      t.clock().advance(LONG);
      assertThat(instance.result(LONG)).isEqualTo("slept PT72H");
      assertThat(t.clock().isPaused()).isTrue();
      var other = t.client().schedule(Flows.SLEEP, LONG);
      assertThatThrownBy(() -> other.result(LONG)).isInstanceOf(TestStoppedError.class);
      t.clock().resume();
      assertThat(other.result(Duration.ofDays(9))).isEqualTo("slept PT72H");
    }
  }

  @Test
  void continuingAsNewTakesNoTime() {
    List<String> did = new ArrayList<>();
    try (DurableTest t =
        DurableTest.with(
            TestOptions.DEFAULT.clockPaused(),
            h ->
                h.orchestrator(
                        Flows.ASK,
                        (ctx, in) -> {
                          if (in.length() < 5) {
                            ctx.continueAsNew(in + "x");
                            return "";
                          }
                          return ctx.callActivity(Flows.WORK, in).await();
                        })
                    .activity(
                        Flows.WORK,
                        in -> {
                          did.add(in);
                          return in;
                        }))) {
      assertThat(t.client().schedule(Flows.ASK, "").result(LONG)).isEqualTo("xxxxx");
      assertThat(t.clock().jumps()).isEmpty();
      assertThat(did).hasSize(1);
    }
  }

  @Test
  void advanceStepsFromDueTimeToDueTime() {
    List<Instant> woke = new ArrayList<>();
    try (DurableTest t =
        DurableTest.with(
            h ->
                h.orchestrator(
                        Flows.ASK,
                        (ctx, in) -> {
                          for (int i = 0; i < 3; i++) {
                            ctx.sleep(Duration.ofHours(1));
                            ctx.callActivity(Flows.WORK, in).await();
                          }
                          return in;
                        })
                    .activity(
                        Flows.WORK,
                        in -> {
                          woke.add(Objects.requireNonNull(now.get()).get());
                          return in;
                        }))) {
      now.set(() -> t.clock().instant());
      t.client().schedule(Flows.ASK, "x");
      t.clock().advance(Duration.ofMinutes(150));
      assertThat(woke)
          .containsExactly(NOON.plus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(2)));
      assertThat(t.clock().jumps())
          .extracting(TestClock.Jump::length)
          .containsExactly(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(30));
      assertThat(t.clock().jumps().get(2).due()).containsExactly("advance(PT2H30M)");
      assertThat(t.clock().isPaused()).isFalse();
    }
  }

  private final AtomicReference<@Nullable Supplier<Instant>> now = new AtomicReference<>();

  @ParameterizedTest
  @ValueSource(strings = {"off", "warm", "live"})
  void housekeepingNeitherSplitsAJumpNorLosesAnything(String sessions) {
    List<Object> told = new ArrayList<>();
    AtomicReference<@Nullable DurableClient> client = new AtomicReference<>();
    try (DurableTest t =
        DurableTest.with(
            TestOptions.DEFAULT.sessions(sessions),
            h ->
                h.listener(told::add)
                    .orchestrator(
                        Flows.SLEEP,
                        (ctx, time) -> {
                          ctx.sleep(time);
                          return "slept";
                        })
                    .orchestrator(Flows.ASK, (ctx, in) -> ctx.callActivity(Flows.WORK, in).await())
                    .activity(
                        Flows.WORK,
                        in ->
                            Objects.requireNonNull(client.get())
                                .instance(Flows.SLEEP, in)
                                .result(Duration.ofDays(500))))) {
      client.set(t.client());
      // one activity waits longer than any lease
      var year = t.client().schedule(Flows.SLEEP, Duration.ofDays(6), StartOptions.id("year"));
      var waits = t.client().schedule(Flows.ASK, "year");
      assertThat(waits.result(Duration.ofDays(400))).isEqualTo("slept");
      assertThat(year.state().status()).isEqualTo(OrchestrationStatus.COMPLETED);
      assertThat(t.clock().jumps()).hasSize(1);
      assertThat(told)
          .noneMatch(e -> BAD.contains(e.getClass().getSimpleName()))
          .noneMatch(e -> e.toString().contains("PartitionLeft"));
    }
  }

  private static final List<String> BAD =
      List.of("StorageFailed", "LeaseLost", "Parked", "Warning", "Quarantined", "TurnStale");
}
