package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.orchestration.CompensationFailedException;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Saga;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SagaTest {
  private static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);
  private static final RetryPolicy ONCE = RetryPolicy.of(1, Duration.ZERO);

  private static String work(OrchestrationContext ctx, String what) {
    return ctx.callActivity(WORK, what).await();
  }

  private static void book(OrchestrationContext ctx, Saga s, String what) {
    s.onFailure(ONCE, () -> work(ctx, "undo " + what));
    work(ctx, what);
  }

  /** What the activities were asked for, in order. */
  private static List<String> asked(EpisodeDriver d) {
    return d.allActions().stream()
        .filter(TaskScheduled.class::isInstance)
        .map(b -> ((TaskScheduled) b).input().text().replaceAll("[\\[\\]\"]", ""))
        .toList();
  }

  private static EpisodeDriver run(EpisodeDriver.Flow flow, String... failing) {
    EpisodeDriver d = EpisodeDriver.of(flow).begin();
    while (!d.isFinished()) {
      int step = d.openSteps().get(0);
      if (d.allActions().get(step) instanceof TimerCreated) {
        d.fire(step);
        continue;
      }
      String what = asked(d).get(asked(d).size() - 1);
      if (List.of(failing).contains(what)) {
        d.fail(step, what + " fails");
      } else {
        d.complete(step, what);
      }
    }
    return d;
  }

  @Test
  void what_was_done_is_undone_in_reverse_order_and_the_failure_goes_on() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.saga(
                    s -> {
                      book(ctx, s, "a");
                      book(ctx, s, "b");
                      return work(ctx, "c");
                    }),
            "c");
    assertThat(asked(d)).containsExactly("a", "b", "c", "undo b", "undo a");
    assertThat(d.failure().type()).isEqualTo(TaskFailedException.class.getName());
    assertThat(d.failure().cause().message()).isEqualTo("c fails");
  }

  @Test
  void what_goes_well_or_is_caught_inside_undoes_nothing() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.saga(
                    s -> {
                      book(ctx, s, "a");
                      try {
                        return work(ctx, "b");
                      } catch (TaskFailedException e) {
                        return "declined";
                      }
                    }),
            "b");
    assertThat(d.output()).isEqualTo("declined");
    assertThat(asked(d)).containsExactly("a", "b");
  }

  @Test
  void waiting_undoes_nothing_whatever_becomes_of_the_signal() {
    List<String> undone = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx ->
                ctx.saga(
                    s -> {
                      s.onFailure(() -> undone.add("x"));
                      try {
                        return work(ctx, "a");
                      } catch (Error e) {
                        throw new IllegalStateException("made of the signal", e);
                      }
                    }));
    d.begin();
    assertThat(d.last().end()).isInstanceOf(EpisodeResult.Waiting.class);
    assertThat(d.openSteps()).containsExactly(0);
    assertThat(undone).isEmpty();
    d.complete(0, "done");
    assertThat(d.output()).isEqualTo("done");
    assertThat(undone).isEmpty();
  }

  @Test
  void code_that_does_not_fit_the_history_undoes_nothing() {
    List<String> undone = new ArrayList<>();
    EpisodeDriver d = EpisodeDriver.of(ctx -> work(ctx, "a")).begin().complete(0, "a");
    EpisodeResult r =
        d.replay(
            Void.class,
            Object.class,
            (ctx, in) ->
                ctx.saga(
                    s -> {
                      s.onFailure(() -> undone.add("x"));
                      ctx.sleep(Duration.ofSeconds(1));
                      return "";
                    }));
    assertThat(r.end()).isInstanceOf(EpisodeResult.Blocked.class);
    assertThat(undone).isEmpty();
  }

  @Test
  void a_compensation_is_tried_again_with_growing_pauses() {
    int[] left = {3};
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx ->
                ctx.saga(
                    s -> {
                      s.onFailure(() -> work(ctx, "undo"));
                      return work(ctx, "a");
                    }));
    d.begin().fail(0, "a fails");
    for (int step = 1; !d.isFinished(); step++) {
      if (d.allActions().get(step) instanceof TimerCreated) {
        d.fire(step);
      } else if (left[0]-- > 0) {
        d.fail(step, "not yet");
      } else {
        d.complete(step, "");
      }
    }
    assertThat(asked(d)).containsExactly("a", "undo", "undo", "undo", "undo");
    assertThat(d.allActions().stream().filter(TimerCreated.class::isInstance)).hasSize(3);
    assertThat(d.failure().cause().message()).isEqualTo("a fails");
  }

  @Test
  void the_policy_bounds_the_attempts() {
    EpisodeDriver.Flow flow =
        ctx ->
            ctx.saga(
                s -> {
                  s.onFailure(
                      RetryPolicy.of(9, Duration.ofSeconds(1))
                          .onlyIf(f -> !f.message().contains("undo p")),
                      () -> work(ctx, "undo p"));
                  s.onFailure(
                      RetryPolicy.of(9, Duration.ofSeconds(10)).within(Duration.ofSeconds(15)),
                      () -> work(ctx, "undo t"));
                  s.onFailure(RetryPolicy.of(2, Duration.ZERO), () -> work(ctx, "undo n"));
                  return work(ctx, "a");
                });
    EpisodeDriver d = run(flow, "a", "undo p", "undo t", "undo n");
    assertThat(asked(d))
        .containsExactly("a", "undo n", "undo n", "undo t", "undo t", "undo t", "undo p");
  }

  @Test
  void a_failure_marked_so_is_not_tried_again() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx ->
                ctx.saga(
                    s -> {
                      s.onFailure(() -> work(ctx, "undo"));
                      return work(ctx, "a");
                    }));
    d.begin().fail(0, "a fails").fail(1, FailureDetails.of("Gone", "never", true));
    assertThat(asked(d)).containsExactly("a", "undo");
    assertThat(d.failure().type()).isEqualTo(CompensationFailedException.class.getName());
  }

  @Test
  void a_compensation_that_fails_for_good_is_told_of_and_the_others_run() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.saga(
                    s -> {
                      book(ctx, s, "a");
                      book(ctx, s, "b");
                      book(ctx, s, "c");
                      throw new IllegalStateException("sold out");
                    }),
            "undo b");
    assertThat(asked(d)).containsExactly("a", "b", "c", "undo c", "undo b", "undo a");
    FailureDetails failure = d.failure();
    assertThat(failure.type()).isEqualTo(CompensationFailedException.class.getName());
    assertThat(failure.message()).contains("sold out", "undo b fails");
    assertThat(failure.cause().message()).isEqualTo("sold out");
    assertThat(failure.properties().get("compensations"))
        .isEqualTo(
            List.of(Map.of("type", "java.lang.IllegalStateException", "message", "undo b fails")));
  }

  @Test
  void it_is_told_of_once() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx ->
                ctx.saga(
                    s -> {
                      s.onFailure(ONCE, () -> work(ctx, "undo 1"));
                      s.onFailure(ONCE, () -> work(ctx, "undo 2"));
                      return work(ctx, "a");
                    }));
    d.begin().fail(0, "a fails").fail(1, "stuck");
    assertThat(d.last().warnings()).singleElement().asString().contains("stuck");
    d.complete(2, "");
    assertThat(d.last().warnings()).isEmpty();
  }

  @Test
  void an_inner_saga_that_went_well_is_undone_with_the_outer_one() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.saga(
                    outer -> {
                      book(ctx, outer, "a");
                      ctx.saga(
                          inner -> {
                            book(ctx, inner, "b");
                            book(ctx, inner, "c");
                            return "";
                          });
                      book(ctx, outer, "d");
                      return work(ctx, "e");
                    }),
            "e");
    assertThat(asked(d))
        .containsExactly("a", "b", "c", "d", "e", "undo d", "undo c", "undo b", "undo a");
  }

  @Test
  void an_inner_saga_that_fails_is_undone_at_once_and_only_once() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.saga(
                    outer -> {
                      book(ctx, outer, "a");
                      try {
                        ctx.saga(
                            inner -> {
                              book(ctx, inner, "b");
                              return work(ctx, "c");
                            });
                      } catch (TaskFailedException e) {
                        work(ctx, "instead");
                      }
                      return work(ctx, "d");
                    }),
            "c",
            "d");
    assertThat(asked(d)).containsExactly("a", "b", "c", "undo b", "instead", "d", "undo a");
  }

  @Test
  void a_saga_inside_a_compensation_stands_for_itself() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.saga(
                    outer -> {
                      outer.onFailure(
                          ONCE,
                          () ->
                              ctx.saga(
                                  inner -> {
                                    book(ctx, inner, "x");
                                    return work(ctx, "y");
                                  }));
                      return work(ctx, "a");
                    }),
            "a",
            "y");
    assertThat(asked(d)).containsExactly("a", "x", "y", "undo x");
    assertThat(d.failure().type()).isEqualTo(CompensationFailedException.class.getName());
  }

  @Test
  void after_its_body_a_saga_takes_no_compensations() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              Saga[] kept = new Saga[1];
              ctx.saga(
                  s -> {
                    kept[0] = s;
                    return "";
                  });
              assertThatThrownBy(() -> kept[0].onFailure(() -> {}))
                  .isInstanceOf(OrchestratorRuleException.class)
                  .hasMessageContaining("ctx.saga(...)");
              return "refused";
            });
    assertThat(d.begin().output()).isEqualTo("refused");
  }
}
