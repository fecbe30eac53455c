package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.internal.replay.LiveEpisode;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

/** The thread of an orchestrator that stays parked: whose it is, and how it is left. */
@Timeout(60)
class LiveThreadTest {
  private static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);

  private static String work(OrchestrationContext ctx, String what) {
    return ctx.callActivity(WORK, what).await();
  }

  /** An episode without a driver, so that its thread can be looked at. */
  private static final class Alone {
    private final AtomicReference<TestStand> stand = new AtomicReference<>();
    private final LiveEpisode episode;

    Alone(EpisodeDriver.Flow flow) {
      Instant now = EpisodeDriver.BEGIN;
      EpisodeInput input =
          new EpisodeInput(
              EpisodeDriver.INSTANCE,
              EpisodeDriver.EXECUTION,
              List.of(),
              List.of(
                  HistoryEvent.of(now, null, new OrchestratorStarted()),
                  HistoryEvent.of(
                      now,
                      null,
                      new ExecutionStarted(
                          EpisodeDriver.INSTANCE,
                          EpisodeDriver.EXECUTION,
                          "Flow",
                          "",
                          null,
                          Map.of(),
                          null,
                          null,
                          0))),
              new EpisodeInput.Rules(
                  new DerivedIds(),
                  JacksonDataConverter.create(),
                  null,
                  1 << 20,
                  true,
                  "",
                  (c, quiet) -> NOPLogger.NOP_LOGGER),
              null);
      Replay.Code code =
          new Replay.Code(
              OrchestratorRef.of("Flow", Void.class, Object.class),
              () -> (ctx, none) -> flow.run(ctx));
      episode =
          LiveEpisode.prepare(
                  input,
                  code,
                  body -> {
                    stand.set(new TestStand(body));
                    return Optional.of(stand.get());
                  })
              .orElseThrow();
    }

    void join() throws InterruptedException {
      stand.get().thread().join();
    }
  }

  @Test
  void a_discarded_one_is_left_stickily_and_nobody_waits_for_it() throws InterruptedException {
    CountDownLatch cleaning = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger passed = new AtomicInteger();
    Alone alone =
        new Alone(
            ctx -> {
              try {
                return work(ctx, "a");
              } catch (Throwable t) {
                cleaning.countDown();
                goOn.await();
                for (int i = 0; i < 10; i++) {
                  try {
                    work(ctx, "late");
                    passed.incrementAndGet();
                  } catch (Throwable again) {
                    refused.incrementAndGet();
                  }
                }
                return "swallowed";
              }
            });
    assertThat(alone.episode.begin(() -> {}).end()).isEqualTo(new Waiting(false));
    assertThat(alone.episode.isParked()).isTrue();
    alone.episode.discard();
    alone.episode.discard();
    assertThat(alone.episode.isParked()).isFalse();
    cleaning.await();
    goOn.countDown();
    alone.join();
    assertThat(refused).hasValue(10);
    assertThat(passed).hasValue(0);
    assertThatThrownBy(() -> alone.episode.run(List.of(), () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_discarded_one_that_goes_round_and_round_stands_still() throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(1);
    AtomicInteger rounds = new AtomicInteger();
    Alone alone =
        new Alone(
            ctx -> {
              while (true) {
                try {
                  work(ctx, "a");
                } catch (Throwable t) {
                  if (rounds.incrementAndGet() == 900) {
                    enough.countDown();
                  }
                }
              }
            });
    alone.episode.begin(() -> {});
    alone.episode.discard();
    enough.await();
    while (alone.stand.get().thread().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(rounds.get()).isBetween(900, 1_001);
  }

  @Test
  void one_that_is_discarded_while_it_runs_is_left_when_it_waits() throws InterruptedException {
    AtomicReference<Alone> self = new AtomicReference<>();
    Alone alone =
        new Alone(
            ctx -> {
              self.get().episode.discard();
              return work(ctx, "a");
            });
    self.set(alone);
    EpisodeResult result = alone.episode.begin(() -> {});
    assertThat(result.end()).isEqualTo(new Waiting(false));
    assertThat(alone.episode.isParked()).isFalse();
    alone.join();
  }

  @Test
  void its_context_belongs_to_its_thread() {
    AtomicReference<OrchestrationContext> leaked = new AtomicReference<>();
    Alone alone =
        new Alone(
            ctx -> {
              leaked.set(ctx);
              return work(ctx, "a");
            });
    EpisodeResult first = alone.episode.begin(() -> {});
    assertThat(((TaskScheduled) first.actions().get(0).body()).name()).isEqualTo("Work");
    assertThatThrownBy(() -> leaked.get().newUuid())
        .isInstanceOf(OrchestratorRuleException.class)
        .hasMessageContaining(Thread.currentThread().getName());
    assertThat(alone.episode.bytes()).isBetween(500L, 10_000L);
    alone.episode.discard();
  }

  @Test
  void where_there_are_no_threads_there_is_no_episode() {
    Alone alone = new Alone(ctx -> null);
    assertThat(alone.episode.begin(() -> {}).end()).isInstanceOf(EpisodeResult.Finished.class);
    assertThat(alone.episode.isParked()).isFalse();
    assertThat(
            LiveEpisode.prepare(
                new EpisodeInput(
                    EpisodeDriver.INSTANCE,
                    EpisodeDriver.EXECUTION,
                    List.of(),
                    List.of(),
                    new EpisodeInput.Rules(
                        new DerivedIds(),
                        JacksonDataConverter.create(),
                        null,
                        1,
                        true,
                        "",
                        (c, quiet) -> NOPLogger.NOP_LOGGER),
                    null),
                new Replay.Code(
                    OrchestratorRef.of("Flow", Void.class, Object.class),
                    () -> (ctx, none) -> null),
                body -> Optional.empty()))
        .isEmpty();
  }
}
