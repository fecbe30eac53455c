package io.durable4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.observe.Health;
import io.durable4j.observe.HostEvent.NameKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final InstanceId ID = new InstanceId("i");

  private final Clock clock = new Clock();
  private final List<EngineEvent> passed = new ArrayList<>();
  private final HealthWatch watch = new HealthWatch(clock, Duration.ofMinutes(1), passed::add);

  @Test
  void unknown_names_are_counted_whatever_their_case_until_nothing_asks_for_them() {
    watch.on(new EngineEvent.UnknownActivity("Work"));
    watch.on(new EngineEvent.UnknownOrchestrator(ID, "Work"));
    clock.pass(Duration.ofSeconds(50));
    watch.on(new EngineEvent.UnknownActivity("wORK"));
    clock.pass(Duration.ofSeconds(20));
    assertThat(watch.unknown())
        .containsExactly(
            new Health.UnknownName(NameKind.ACTIVITY, "Work", START, START.plusSeconds(50), 2));
    clock.pass(Duration.ofSeconds(41));
    assertThat(watch.unknown()).isEmpty();
    assertThat(passed).hasSize(3);
  }

  @Test
  void a_parked_instance_is_seen_until_it_goes_on_or_belongs_to_another() {
    InstanceId other = new InstanceId("other");
    watch.on(new EngineEvent.Parked(ID, "why"));
    clock.pass(Duration.ofSeconds(9));
    watch.on(new EngineEvent.StillParked(ID, "why"));
    watch.on(new EngineEvent.StillParked(other, "why"));
    assertThat(watch.parked(id -> 0, p -> true))
        .containsExactly(
            new Health.ParkedInstance(ID, "why", START),
            new Health.ParkedInstance(other, "why", START.plusSeconds(9)));
    watch.on(new EngineEvent.TurnEnded(ID, "Flow", 1, EngineEvent.TurnResult.DONE));
    assertThat(watch.parked(id -> 0, p -> true)).hasSize(1);
    assertThat(watch.parked(id -> 0, p -> false)).isEmpty();
    assertThat(watch.parked(id -> 0, p -> true)).as("it is forgotten").isEmpty();
  }

  @Test
  void answers_and_failures_of_storage_are_remembered() {
    watch.on(new EngineEvent.CommitEnded(ID, 1, EngineEvent.CommitResult.STALE));
    clock.pass(Duration.ofSeconds(1));
    watch.on(new EngineEvent.CommitEnded(ID, 1, EngineEvent.CommitResult.UNKNOWN));
    watch.on(new EngineEvent.StorageFailed("reading", new IllegalStateException("gone")));
    Health.Storage storage = watch.storage(false);
    assertThat(storage.lastAnswer()).isEqualTo(START);
    assertThat(storage.lastFailure()).isEqualTo(START.plusSeconds(1));
    assertThat(storage.failure()).isEqualTo("reading: java.lang.IllegalStateException: gone");
  }

  @Test
  void the_text_lists_ten_and_counts_the_rest() {
    for (int i = 0; i < 12; i++) {
      watch.on(new EngineEvent.UnknownActivity("A" + i));
    }
    Health health =
        new Health(
            START,
            "worker-1",
            false,
            watch.storage(true),
            List.of(0, 2),
            watch.unknown(),
            List.of(),
            new Health.Permits(1, 4),
            new Health.Permits(2, 6),
            new Health.Permits(0, 8),
            0,
            new Health.Sessions("warm", 7, 7_000),
            Duration.ZERO,
            Duration.ofSeconds(3),
            0);
    assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
    assertThat(health.text())
        .startsWith("DEGRADED worker-1 at 2026-01-01T00:00:00Z\nstorage answers\n")
        .contains(
            "owns 2 partitions: [0, 2]",
            "1/4 of turns, 2/6 of entities, 0/8 of activities",
            "sessions warm: 7 instances",
            "PT3S in queues")
        .contains("unknown names: 12", "activity 'A9', asked for 1 times since", "and 2 more")
        .doesNotContain("'A10'", "parked");
  }

  /** Time that passes when told. */
  private static final class Clock implements Drive {
    private Instant now = START;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanos() {
      throw new UnsupportedOperationException();
    }

    @Override
    public UUID randomId() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Signal signal() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Running loop(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Running work(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Strand> strand(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Runnable interrupter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ThreadView view() {
      throw new UnsupportedOperationException();
    }
  }
}
