package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.internal.replay.LiveEpisode;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

/** Orchestrators that stay parked decide what replayed ones do. */
@Timeout(60)
class LiveEpisodeTest {
  private static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);
  private static final EventRef<String> NEWS = EventRef.of("News", String.class);
  private static final RetryPolicy TWICE = RetryPolicy.of(2, Duration.ofSeconds(5));

  /** What replay has to do with: each of it in one small program. */
  private static final Map<String, EpisodeDriver.Flow> PROGRAMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("chain", ctx -> work(ctx, "a") + work(ctx, "b") + work(ctx, "c"));
    PROGRAMS.put("deep stack", ctx -> dive(ctx, 300));
    PROGRAMS.put("deadline", LiveEpisodeTest::deadline);
    PROGRAMS.put("anyOf and cancelled waiters", LiveEpisodeTest::race);
    PROGRAMS.put("fan-out", LiveEpisodeTest::fanOut);
    PROGRAMS.put("retries", LiveEpisodeTest::retries);
    PROGRAMS.put("saga", LiveEpisodeTest::saga);
    PROGRAMS.put("steps", LiveEpisodeTest::steps);
    PROGRAMS.put("ids, status and patches", LiveEpisodeTest::ids);
    PROGRAMS.put(
        "continue-as-new",
        ctx -> {
          ctx.sleep(Duration.ofMinutes(1));
          return ctx.continueAsNew(null);
        });
    PROGRAMS.put(
        "failure",
        ctx -> {
          ctx.sleep(Duration.ofMinutes(1));
          throw new IllegalStateException("on purpose");
        });
  }

  private static String work(OrchestrationContext ctx, String what) {
    try {
      return ctx.callActivity(WORK, what).await();
    } catch (TaskFailedException e) {
      return "failed";
    }
  }

  private static String dive(OrchestrationContext ctx, int depth) {
    String got = depth % 100 == 0 ? work(ctx, "at " + depth) : "";
    return depth == 0 ? got : got + dive(ctx, depth - 1);
  }

  private static Object deadline(OrchestrationContext ctx) {
    Task<String> call = ctx.callActivity(WORK, "slow");
    boolean came = call.awaitFor(Duration.ofSeconds(20));
    return came + work(ctx, "after");
  }

  private static Object race(OrchestrationContext ctx) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      Task<String> one = ctx.waitForExternalEvent(NEWS);
      Task<String> two = ctx.waitForExternalEvent(EventRef.of("Other" + i, String.class));
      Task<?> pause = ctx.createTimer(Duration.ofSeconds(3));
      Task<?> first = ctx.anyOf(one, two, pause).await();
      all.append(first == one ? one.await() : first == two ? two.await() : "-");
      one.cancel();
      two.cancel();
      pause.cancel();
    }
    return all.toString();
  }

  private static Object fanOut(OrchestrationContext ctx) {
    List<String> items = List.of("a", "b", "c", "d", "e", "f");
    Task<?> all = ctx.fanOut(items, 3, i -> ctx.callActivity(WORK, i).thenApply(r -> i + r));
    return all.await().toString();
  }

  private static Object retries(OrchestrationContext ctx) {
    Task<String> one = ctx.callActivity(WORK, "one", CallOptions.retry(TWICE));
    Task<String> two = ctx.callActivity(WORK, "two", CallOptions.retry(TWICE));
    return one.outcome().getClass().getSimpleName() + two.outcome().getClass().getSimpleName();
  }

  private static Object saga(OrchestrationContext ctx) {
    return ctx.saga(
        saga -> {
          saga.onFailure(TWICE, () -> ctx.callActivity(WORK, "undo a").await());
          String a = work(ctx, "a");
          saga.onFailure(TWICE, () -> ctx.callActivity(WORK, "undo b").await());
          return a + ctx.callActivity(WORK, "b").await();
        });
  }

  private static Object steps(OrchestrationContext ctx) {
    String one = ctx.step("one", String.class, () -> "1");
    String two = ctx.step("two", String.class, () -> "2");
    return one + two + work(ctx, "then") + ctx.step("three", String.class, () -> "3");
  }

  private static Object ids(OrchestrationContext ctx) {
    String id = ctx.newUuid() + " " + ctx.random().nextInt();
    ctx.setCustomStatus(id);
    ctx.sleep(Duration.ofMinutes(1));
    String more = ctx.patched("p") ? work(ctx, id) : "never";
    return more + ctx.newUuid() + ctx.random().nextInt() + ctx.currentInstant();
  }

  /** One story for each program and seed; the driver compares each live turn with a cold one. */
  private static List<String> story(EpisodeDriver d, long seed) {
    Random random = new Random(seed);
    List<String> story = new ArrayList<>();
    d.begin();
    for (int turn = 0; turn < 60 && d.last().end() instanceof Waiting w; turn++) {
      story.add(d.last().actions() + " " + d.last().withdrawn() + " " + d.last().awaitedEvents());
      if (w.again()) {
        d.episode();
        continue;
      }
      List<EventBody> arrivals = new ArrayList<>();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        arrivals.add(arrival(d, random, arrivals));
      }
      d.episode(arrivals.toArray(EventBody[]::new));
    }
    story.add(d.last().end().getClass() + " " + d.last().customStatus() + d.allActions().size());
    return story;
  }

  private static EventBody arrival(EpisodeDriver d, Random random, List<EventBody> others) {
    List<Integer> open = d.openSteps();
    int step = open.isEmpty() ? -1 : open.get(random.nextInt(open.size()));
    if (step < 0 || random.nextInt(5) == 0 || others.stream().anyMatch(o -> is(o, step))) {
      return d.raised(random.nextBoolean() ? "news" : "other" + random.nextInt(4), "n" + step);
    }
    EventBody action = d.openAction(step);
    if (action instanceof TimerCreated) {
      return d.fired(step);
    }
    return random.nextInt(3) == 0
        ? new EventBody.TaskFailed(step, null, FailureDetails.of("T", "no", false))
        : d.completed(step, "r" + step);
  }

  private static boolean is(EventBody other, int step) {
    return (other instanceof EventBody.TaskCompleted c && c.taskScheduledId() == step)
        || (other instanceof EventBody.TaskFailed f && f.taskScheduledId() == step)
        || (other instanceof EventBody.TimerFired t && t.timerId() == step);
  }

  @TestFactory
  Stream<DynamicTest> the_same_decisions_cold_warm_and_live() {
    return PROGRAMS.entrySet().stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.getKey(),
                    () -> {
                      for (long seed = 0; seed < 10; seed++) {
                        List<String> cold = story(EpisodeDriver.of(p.getValue()).cold(), seed);
                        assertThat(story(EpisodeDriver.of(p.getValue()).warm(), seed))
                            .isEqualTo(cold);
                        assertThat(story(EpisodeDriver.of(p.getValue()).live(), seed))
                            .isEqualTo(cold);
                        assertThat(cold).as("a story").hasSizeGreaterThan(1);
                      }
                    }));
  }

  @Test
  void one_that_is_discarded_goes_on_from_history() {
    for (int at = 0; at < 3; at++) {
      EpisodeDriver d = EpisodeDriver.of(PROGRAMS.get("chain")).live().begin();
      for (int step = 0; step < 3; step++) {
        d = step == at ? d.discard() : d;
        d.complete(step, "" + step);
      }
      assertThat(d.output()).isEqualTo("012");
    }
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
