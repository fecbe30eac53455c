package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.replay.EpisodeResult;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeWatchTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final long LOOK = TIMEOUT.toNanos() / 8;
  private static final EpisodeResult RESULT =
      new EpisodeResult(
          new EpisodeResult.Waiting(false),
          List.of(),
          java.util.Set.of(),
          List.of(),
          null,
          List.of());

  private final List<EngineEvent> told = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private long nanos;

  /** The watch's loop: each pause takes what the test says, and the last one stops it. */
  private final class Pauses implements Signal {
    private EpisodeWatch watch;
    private int next;

    @Override
    public void raise() {
      // the pauses are given
    }

    @Override
    public boolean await(long untilNanos) {
      nanos += pauses.get(next++);
      if (next == pauses.size()) {
        watch.stop();
      }
      return true;
    }
  }

  private final Pauses signal = new Pauses();
  private final Drive drive = fake(Drive.class);
  private final EpisodeWatch watch = new EpisodeWatch(drive, told::add, TIMEOUT);

  private <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "nanos" -> nanos;
                  case "signal" -> signal;
                  case "interrupter" -> (Runnable) () -> {};
                  case "view" -> fake(Drive.ThreadView.class);
                  case "state" -> Thread.State.RUNNABLE;
                  case "stack" -> List.of();
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }

  /** Looks, with these pauses between, at an orchestrator that makes no progress. */
  private void look(Long... between) {
    pauses.addAll(List.of(between));
    pauses.add(0L);
    signal.watch = watch;
    watch.run(
        episode(),
        () -> {
          watch.run((e, why) -> {});
          return RESULT;
        });
  }

  @SuppressWarnings("NullAway") // the watch looks at the state only
  private RunningEpisode episode() {
    Instant now = Instant.EPOCH;
    InstanceState state =
        new InstanceState(
            new InstanceId("i"),
            new ExecutionId("e"),
            new InstanceState.Start("Flow", "", null, Map.of(), null, now, null, 0),
            Progress.of(OrchestrationStatus.RUNNING, now),
            List.of());
    return new RunningEpisode(null, state, drive.view(), drive.interrupter(), why -> null);
  }

  @Test
  void oneThatHasJustBegunIsNotToldOf() {
    look(5_000L);
    assertThat(told).isEmpty();
  }

  @Test
  void oneWithoutProgressForAnEighthOfItsTimeIsToldOf() {
    look(5_000L, LOOK);
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            EngineEvent.EpisodeStalls.class,
            s -> assertThat(s.pause()).isEqualTo(Duration.ofNanos(LOOK + 5_000)));
  }
}
