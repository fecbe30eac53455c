package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Finished;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.RetryHandler;
import io.durable4j.orchestration.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Retries as events, and timers longer than a backend can hold. */
class RetriesAndTimersTest {
  private static final ActivityRef<Integer, Integer> WORK =
      ActivityRef.of("Work", Integer.class, Integer.class);

  private static EpisodeDriver calling(CallOptions options) {
    return EpisodeDriver.of(ctx -> ctx.callActivity(WORK, 1, options).await()).begin();
  }

  private static EpisodeDriver calling(RetryPolicy policy) {
    return calling(CallOptions.retry(policy));
  }

  /** Fails the newest attempt, lets its pause pass, and gives the length of the pause. */
  private static Duration failAndPause(EpisodeDriver d) {
    int attempt = d.openSteps().get(0);
    d.fail(attempt, "again");
    Instant from = d.clock();
    Instant due = ((TimerCreated) d.actions().get(0)).fireAt();
    d.fire(attempt + 1);
    return Duration.between(from, due);
  }

  @Test
  void n_attempts_give_n_timers_the_last_of_no_length() {
    EpisodeDriver d = calling(RetryPolicy.of(4, Duration.ofSeconds(10)));
    List<Duration> pauses = new ArrayList<>();
    while (!d.isFinished()) {
      pauses.add(failAndPause(d));
    }
    Duration ten = Duration.ofSeconds(10);
    assertThat(pauses).containsExactly(ten, ten, ten, Duration.ZERO);
    List<EventBody> all = d.allActions();
    assertThat(all).hasSize(9);
    for (int i = 0; i < 8; i += 2) {
      assertThat(((TaskScheduled) all.get(i)).firstAttempt()).isZero();
      assertThat(all.get(i + 1)).isInstanceOf(TimerCreated.class);
    }
  }

  @Test
  void a_success_ends_the_retries() {
    EpisodeDriver d = calling(RetryPolicy.of(3, Duration.ofSeconds(1)));
    failAndPause(d);
    assertThat(d.complete(2, 5).output()).isEqualTo(5);
  }

  @Test
  void pauses_grow_by_the_coefficient_up_to_the_longest() {
    EpisodeDriver d =
        calling(RetryPolicy.of(6, Duration.ofMillis(1_500)).backoff(2.5, Duration.ofSeconds(20)));
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      millis.add(failAndPause(d).toMillis());
    }
    assertThat(millis).containsExactly(1_500L, 3_750L, 9_375L, 20_000L, 20_000L);
  }

  @Test
  void a_predicate_a_timeout_or_a_non_retriable_failure_ends_the_retries_at_once() {
    RetryPolicy many = RetryPolicy.of(9, Duration.ofSeconds(10));
    EpisodeDriver other =
        calling(many.onlyIf(f -> f.message().equals("busy"))).fail(0, "busy").fire(1);
    other.fail(2, "broken");
    assertThat(other.isFinished()).isTrue();
    assertThat(other.allActions()).hasSize(4);

    EpisodeDriver late = calling(many.within(Duration.ofSeconds(15))).fail(0, "x").fire(1);
    late.fail(2, "x");
    assertThat(late.isFinished()).isFalse();
    late.fire(3).fail(4, "x");
    assertThat(late.isFinished()).isTrue();
    assertThat(late.allActions()).hasSize(6);

    EpisodeDriver never = calling(many).fail(0, FailureDetails.of("T", "never", true));
    assertThat(never.isFinished()).isTrue();
    assertThat(never.allActions()).hasSize(2);
  }

  @Test
  void a_predicate_that_throws_fails_the_call() {
    EpisodeDriver d =
        calling(
                RetryPolicy.of(3, Duration.ZERO)
                    .onlyIf(
                        f -> {
                          throw new IllegalStateException("oops");
                        }))
            .fail(0, "x");
    assertThat(d.failure().message()).contains("oops");
  }

  @Test
  void a_handler_waits_goes_on_at_once_or_gives_up() {
    List<RetryHandler.Attempt> asked = new ArrayList<>();
    EpisodeDriver d =
        calling(
            CallOptions.retry(
                failed -> {
                  asked.add(failed);
                  return switch (failed.number()) {
                    case 1 -> Optional.of(Duration.ofSeconds(30));
                    case 2 -> Optional.of(Duration.ZERO);
                    default -> Optional.empty();
                  };
                }));
    assertThat(failAndPause(d)).isEqualTo(Duration.ofSeconds(30));
    d.fail(2, "second");
    assertThat(d.actions()).singleElement().isInstanceOf(TaskScheduled.class);
    d.replaying().discard();
    asked.clear();
    d.withoutReplays().fail(3, "third");
    assertThat(d.failure().message()).contains("third");
    assertThat(d.allActions()).hasSize(5);
    assertThat(asked).extracting(RetryHandler.Attempt::number).containsExactly(1, 2, 3);
    assertThat(asked)
        .extracting(a -> a.failure().message())
        .containsExactly("again", "second", "third");
    assertThat(asked).extracting(a -> a.elapsed().toSeconds()).containsExactly(1L, 32L, 33L);
  }

  private static List<Duration> hops(EpisodeDriver d) {
    return d.allActions().stream()
        .filter(TimerCreated.class::isInstance)
        .map(t -> Duration.between(EpisodeDriver.BEGIN.plusSeconds(1), ((TimerCreated) t).fireAt()))
        .toList();
  }

  private static EpisodeDriver.Flow sevenSeconds() {
    return ctx -> {
      ctx.sleep(Duration.ofSeconds(7));
      return ctx.callActivity(WORK, 1).await();
    };
  }

  @Test
  void a_long_timer_hops_and_a_changed_limit_still_replays() {
    for (Duration later : List.of(Duration.ofSeconds(5), Duration.ofDays(6))) {
      EpisodeDriver d =
          EpisodeDriver.of(sevenSeconds()).maxTimerDelay(Duration.ofSeconds(3)).begin();
      d.fire(0).fire(1).fire(2);
      assertThat(hops(d))
          .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(7));
      d.maxTimerDelay(later).complete(3, 8);
      assertThat(d.output()).isEqualTo(8);
    }
  }

  @Test
  void a_limit_that_changes_while_a_timer_hops_holds_for_its_next_hop() {
    EpisodeDriver d =
        EpisodeDriver.of(sevenSeconds())
            .replaying()
            .maxTimerDelay(Duration.ofSeconds(2))
            .begin()
            .fire(0);
    d.maxTimerDelay(Duration.ofSeconds(60)).fire(1);
    assertThat(hops(d))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(7));
  }

  @Test
  void a_long_timer_can_be_cancelled_in_its_second_hop() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  var timer = ctx.createTimer(Duration.ofSeconds(7));
                  ctx.callActivity(WORK, 1).await();
                  timer.cancel();
                  return ctx.callActivity(WORK, 2).await();
                })
            .maxTimerDelay(Duration.ofSeconds(3))
            .begin()
            .fire(0);
    HistoryEvent second = d.last().actions().get(0);
    d.complete(1, 0);
    assertThat(d.last().withdrawn()).containsExactly(second.message());
  }

  @Test
  void a_due_time_that_moved_is_a_soft_difference() {
    EpisodeDriver d = EpisodeDriver.of(sevenSeconds()).begin().fire(0).complete(1, 3);
    EpisodeDriver.Flow edited =
        ctx -> {
          ctx.sleep(Duration.ofSeconds(70));
          return ctx.callActivity(WORK, 1).await();
        };
    EpisodeResult result =
        d.lenient().replay(Void.class, Object.class, (ctx, none) -> edited.run(ctx));
    assertThat(result.end()).isInstanceOf(Finished.class);
    assertThat(result.warnings()).singleElement().asString().contains("due time of step 0");
  }

  @Test
  void timers_of_the_past_fire_at_once() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  ctx.sleep(Duration.ofSeconds(-5));
                  ctx.createTimer(Instant.EPOCH).await();
                  return "on";
                })
            .begin();
    assertThat(hops(d)).containsExactly(Duration.ZERO);
    assertThat(d.fire(0).fire(1).output()).isEqualTo("on");
  }
}
