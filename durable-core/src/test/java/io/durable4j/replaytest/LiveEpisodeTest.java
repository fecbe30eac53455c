package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

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
}
