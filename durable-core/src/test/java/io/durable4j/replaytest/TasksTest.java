package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskCancelledException;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tasks: callbacks, joins, cancelling, waits with a limit. */
class TasksTest {
  private static final ActivityRef<Integer, Integer> WORK =
      ActivityRef.of("Work", Integer.class, Integer.class);
  private static final EventRef<String> NEWS = EventRef.of("News", String.class);
  private static final EventRef<Integer> NUMBER = EventRef.of("news", Integer.class);

  private static Task<Integer> work(OrchestrationContext ctx, int n) {
    return ctx.callActivity(WORK, n);
  }

  @Test
  void callbacks_run_in_history_order() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              List<Integer> seen = new ArrayList<>();
              List<Task<Integer>> all = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                all.add(
                    work(ctx, i)
                        .thenApply(
                            v -> {
                              seen.add(v);
                              return v;
                            }));
              }
              ctx.allOf(all).await();
              return seen;
            });
    d.begin().episode(d.completed(2, 20), d.completed(0, 0)).complete(1, 10);
    assertThat(d.output()).isEqualTo(List.of(20, 0, 10));
  }

  @Test
  void chains_of_fifty_thousand_need_no_stack() {
    int links = 50_000;
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> t = work(ctx, 0);
                  Task<Integer> ready = ctx.createTimer(Duration.ZERO).thenApply(v -> 1);
                  for (int i = 0; i < links; i++) {
                    t = t.thenCompose(v -> ready.thenApply(one -> v + one));
                  }
                  return t.await() + countDown(ready, links).await();
                })
            .begin()
            .complete(0, 0)
            .fire(1);
    assertThat(d.output()).isEqualTo(links + 1);
  }

  private static Task<Integer> countDown(Task<Integer> ready, int n) {
    return ready.thenCompose(v -> n == 0 ? ready : countDown(ready, n - 1));
  }

  @Test
  void a_callback_that_throws_fails_its_task_only() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> base = work(ctx, 0);
                  Task<Integer> bad =
                      base.thenApply(
                          v -> {
                            throw new IllegalArgumentException("no " + v);
                          });
                  Task<Integer> none = base.thenCompose(v -> null);
                  int value = base.await();
                  return value + failureOf(bad.thenApply(v -> v + 1)) + " / " + failureOf(none);
                })
            .begin()
            .complete(0, 4);
    assertThat(d.output())
        .isEqualTo("4java.lang.IllegalArgumentException: no 4 / java.lang.NullPointerException");
  }

  private static String failureOf(Task<?> t) {
    if (t.outcome() instanceof Outcome.Failed<?> f) {
      String type = f.failure().type();
      return type.contains("Null") ? type : type + ": " + f.failure().message();
    }
    return "ok";
  }

  @Test
  void any_of_gives_the_first_in_history() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              Task<Integer> a = work(ctx, 0);
              Task<Integer> b = work(ctx, 1);
              Task<?> first = ctx.anyOf(a, b).await();
              ctx.anyOf(a, b).await();
              return first == b ? "b" : "a";
            });
    d.begin().episode(d.completed(1, 1), d.completed(0, 0));
    assertThat(d.output()).isEqualTo("b");
  }

  @Test
  void any_of_ends_with_a_failure_too_and_needs_a_task() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> a = work(ctx, 0);
                  return ctx.anyOf(a, work(ctx, 1)).await() == a && !a.outcome().isOk();
                })
            .begin()
            .fail(0, "broken");
    assertThat(d.output()).isEqualTo(true);
    assertThat(EpisodeDriver.of(ctx -> ctx.anyOf().await()).begin().failure().message())
        .contains("at least one");
  }

  @Test
  void all_of_waits_for_all_and_fails_with_the_first_in_order() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> ctx.allOf(List.of(work(ctx, 0), work(ctx, 1), work(ctx, 2))).await())
            .begin()
            .fail(2, "third");
    assertThat(d.isFinished()).isFalse();
    d.fail(1, "second");
    assertThat(d.isFinished()).isFalse();
    d.complete(0, 0);
    assertThat(Objects.requireNonNull(d.failure().cause()).message()).isEqualTo("second");
    assertThat(EpisodeDriver.of(ctx -> ctx.allOf(List.of()).await()).begin().output())
        .isEqualTo(List.of());
  }

  @Test
  void fan_out_keeps_to_its_cap_and_to_the_order_of_the_items() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx ->
                    ctx.fanOut(List.of(10, 11, 12, 13, 14), 2, n -> work(ctx, n))
                        .thenApply(all -> all.stream().map(TasksTest::show).toList())
                        .await())
            .begin();
    assertThat(d.openSteps()).containsExactly(0, 1);
    d.complete(1, 111);
    assertThat(d.openSteps()).containsExactly(0, 2);
    d.fail(0, "ten");
    assertThat(d.openSteps()).containsExactly(2, 3);
    d.completeRaw(2, "\"no number\"");
    assertThat(d.openSteps()).containsExactly(3, 4);
    d.complete(4, 114).complete(3, 113);
    assertThat(d.output()).isEqualTo(List.of("ten", "111", "PayloadException", "113", "114"));
  }

  private static String show(Outcome<Integer> o) {
    if (o instanceof Outcome.Failed<Integer> f) {
      return f.failure().type().endsWith("PayloadException")
          ? "PayloadException"
          : f.failure().message();
    }
    return "" + o.get();
  }

  @Test
  void fan_out_over_many_failing_starts_needs_no_stack() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  List<Integer> items = java.util.Collections.nCopies(10_000, 1);
                  return ctx.fanOut(items, 3, n -> refuse(n))
                      .thenApply(all -> all.stream().filter(o -> !o.isOk()).count())
                      .await();
                })
            .withoutReplays()
            .begin();
    assertThat(d.output()).isEqualTo(10_000);
  }

  private static Task<Integer> refuse(int n) {
    throw new IllegalStateException("not " + n);
  }

  @Test
  void cancelled_timers_and_activities_are_withdrawn() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<?> timer = ctx.createTimer(Duration.ofHours(1));
                  Task<Integer> activity = work(ctx, 0);
                  work(ctx, 9).await();
                  timer.cancel();
                  activity.cancel();
                  activity.cancel();
                  Task<?> young = ctx.createTimer(Duration.ofHours(2));
                  young.cancel();
                  String type = ((Outcome.Failed<?>) timer.outcome()).failure().type();
                  ctx.waitForExternalEvent(NEWS).await();
                  try {
                    return activity.await();
                  } catch (TaskCancelledException e) {
                    return type + " " + e.getMessage();
                  }
                })
            .begin();
    List<MessageId> sent = d.last().actions().stream().map(HistoryEvent::message).toList();
    d.complete(2, 0);
    MessageId young = d.last().actions().get(0).message();
    assertThat(d.last().withdrawn()).containsExactly(sent.get(0), sent.get(1), young);
    d.complete(1, 5).raise("news", "x");
    assertThat(d.output())
        .asString()
        .startsWith("TaskCancelled ")
        .contains("Work", "step 1", "cancelled");
  }

  @Test
  void a_cancelled_retry_neither_waits_nor_tries_again() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> t =
                      ctx.callActivity(
                          WORK, 0, CallOptions.retry(RetryPolicy.of(5, Duration.ofSeconds(9))));
                  ctx.waitForExternalEvent(NEWS).await();
                  t.cancel();
                  ctx.waitForExternalEvent(NEWS).await();
                  return "end";
                })
            .begin()
            .fail(0, "x");
    MessageId pause = d.last().actions().get(0).message();
    d.raise("News", "1");
    assertThat(d.last().withdrawn()).containsExactly(pause);
    d.fire(1);
    assertThat(d.last().actions()).isEmpty();
    assertThat(d.raise("News", "2").output()).isEqualTo("end");
  }

  @Test
  void a_cancelled_waiter_never_takes_an_event() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> first = ctx.waitForExternalEvent(NEWS);
                  Task<String> second = ctx.waitForExternalEvent(NEWS);
                  work(ctx, 0).await();
                  first.cancel();
                  return second.await() + first.outcome().isOk();
                })
            .begin();
    assertThat(d.last().awaitedEvents()).containsExactly("News");
    d.complete(0, 1).raise("NEWS", "a");
    assertThat(d.output()).isEqualTo("afalse");
  }

  @Test
  void waiters_and_early_events_are_first_in_first_out_ignoring_case() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              work(ctx, 0).await();
              Task<String> text = ctx.waitForExternalEvent(NEWS);
              Task<Integer> number = ctx.waitForExternalEvent(NUMBER);
              Task<Integer> next = ctx.waitForExternalEvent(NUMBER);
              Task<String> last = ctx.waitForExternalEvent(NEWS);
              return last.await() + text.await() + number.await() + next.await();
            });
    d.begin().episode(d.raised("nEWS", "a"), d.raised("NEWS", 1)).raise("other", "x");
    d.complete(0, 0);
    assertThat(d.last().awaitedEvents()).containsExactly("news", "News");
    d.raise("news", 2);
    assertThat(d.last().end()).isEqualTo(new Waiting(false));
    assertThat(d.raise("News", "z").output()).isEqualTo("za12");
  }

  @Test
  void await_for_races_a_timer_that_is_withdrawn_when_it_loses() {
    EpisodeDriver.Flow flow =
        ctx -> {
          Task<?> event = ctx.waitForExternalEvent(NEWS).thenApply(v -> null);
          boolean inTime = event.awaitFor(Duration.ofSeconds(30));
          return inTime + " " + event.isDone();
        };
    EpisodeDriver won = EpisodeDriver.of(flow).begin();
    MessageId timer = won.last().actions().get(0).message();
    assertThat(won.raise("news", "x").output()).isEqualTo("true true");
    assertThat(won.last().withdrawn()).containsExactly(timer);
    assertThat(EpisodeDriver.of(flow).begin().fire(0).output()).isEqualTo("false false");
  }

  @Test
  void await_for_ends_with_a_failed_task_and_works_on_timers() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<?> timer = ctx.createTimer(Duration.ofSeconds(5));
                  boolean a = timer.awaitFor(Duration.ofSeconds(60));
                  Task<Integer> failing = work(ctx, 0);
                  boolean b = failing.awaitFor(Duration.ofSeconds(60));
                  try {
                    failing.await();
                  } catch (TaskFailedException e) {
                    return a + " " + b + " " + e.failure().message();
                  }
                  return "";
                })
            .begin()
            .fire(0)
            .fail(2, "gone");
    assertThat(d.output()).isEqualTo("true true gone");
  }

  @Test
  void await_for_nothing_does_not_wait() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> t = ctx.waitForExternalEvent(NEWS);
                  return t.awaitFor(Duration.ZERO) + " " + t.awaitFor(Duration.ofSeconds(-1));
                })
            .begin();
    assertThat(d.output()).isEqualTo("false false");
    assertThat(d.allActions()).hasSize(1);
  }
}
