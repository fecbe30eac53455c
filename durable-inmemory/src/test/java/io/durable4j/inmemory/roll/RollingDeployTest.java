package io.durable4j.inmemory.roll;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.internal.controlled.Carriers;
import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.internal.controlled.Trace;
import io.durable4j.observe.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions side by side. {@code -Droll.seeds=N} rolls more often than five times. */
class RollingDeployTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("roll.seeds", 5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingFailsAndNothingIsStuckInAQuickRoll(long seed) {
    check(roll(seed, Duration.ofMinutes(1)));
  }

  /** Longer than unknown names are borne. */
  @ParameterizedTest
  @ValueSource(longs = {100, 101, 102})
  void norInASlowOne(long seed) {
    check(roll(seed, Duration.ofMinutes(15)));
  }

  private static void check(Roll.Result result) {
    assertThat(result.bugs()).isEmpty();
    assertThat(result.failed()).as("failed").isZero();
    assertThat(result.stuck()).as("stuck").isZero();
    assertThat(result.completed()).isEqualTo(Roll.INSTANCES);
    assertThat(result.unknown())
        .as("what the old workers did not know")
        .containsAll(result.told())
        .contains("ORCHESTRATOR Added");
    for (Health h : result.health()) {
      assertThat(h.status()).as(h.text()).isEqualTo(Health.Status.UP);
    }
  }

  private static Roll.Result roll(long seed, Duration together) {
    AtomicReference<Roll.Result> result = new AtomicReference<>();
    try (Carriers carriers = Carriers.create()) {
      ControlledDrive.run(
          carriers,
          Trace.NONE,
          Chooser.seeded(seed),
          seed,
          START,
          drive -> result.set(new Roll(drive, seed, together).run()));
    }
    return Objects.requireNonNull(result.get());
  }
}
