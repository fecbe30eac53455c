package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whatever user code does with the signal that leaves it, an episode that waits has ended. */
class StickyUnwindTest {
  private static final ActivityRef<String, String> ECHO =
      ActivityRef.of("Echo", String.class, String.class);

  private static String echo(OrchestrationContext ctx, String text) {
    return ctx.callActivity(ECHO, text).await();
  }

  private static List<String> inputs(EpisodeDriver d) {
    return d.allActions().stream()
        .filter(TaskScheduled.class::isInstance)
        .map(b -> String.valueOf(((TaskScheduled) b).input().text()))
        .toList();
  }

  @Test
  void catching_throwable_does_nothing() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return echo(ctx, "a");
                  } catch (Throwable t) {
                    return echo(ctx, "b");
                  }
                })
            .replaying()
            .begin();
    assertThat(d.last().end()).isEqualTo(new Waiting(false));
    assertThat(d.last().warnings())
        .singleElement()
        .asString()
        .contains("unwinding signal")
        .contains("StickyUnwindTest.java:");
    d.complete(0, "x");
    assertThat(d.output()).isEqualTo("x");
    assertThat(inputs(d)).containsExactly("[\"a\"]");
  }

  @Test
  void returning_or_throwing_after_the_signal_does_not_end_the_instance() {
    EpisodeDriver returns =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return echo(ctx, "a");
                  } catch (Throwable t) {
                    return "swallowed";
                  }
                })
            .replaying();
    assertThat(returns.begin().last().end()).isEqualTo(new Waiting(false));
    assertThat(returns.last().warnings()).hasSize(1);

    EpisodeDriver wraps =
        EpisodeDriver.of(
            ctx -> {
              try {
                return echo(ctx, "a");
              } catch (Throwable t) {
                throw new IllegalStateException("wrapped", t);
              }
            });
    assertThat(wraps.begin().last().end()).isEqualTo(new Waiting(false));
    assertThat(wraps.complete(0, "x").output()).isEqualTo("x");
  }

  @Test
  void finally_blocks_act_when_they_are_really_reached() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return echo(ctx, "a") + echo(ctx, "b");
                  } finally {
                    echo(ctx, "clean");
                  }
                })
            .begin();
    assertThat(inputs(d)).containsExactly("[\"a\"]");
    d.complete(0, "1");
    assertThat(inputs(d)).containsExactly("[\"a\"]", "[\"b\"]");
    d.fail(1, "no");
    assertThat(inputs(d)).containsExactly("[\"a\"]", "[\"b\"]", "[\"clean\"]");
    d.complete(2, null);
    assertThat(d.end().status()).isEqualTo(OrchestrationStatus.FAILED);
  }

  @Test
  void resources_are_closed_once() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try (AutoCloseable lock = () -> echo(ctx, "unlock")) {
                    assertThat(lock).isNotNull();
                    return echo(ctx, "work");
                  }
                })
            .begin()
            .complete(0, "done");
    assertThat(inputs(d)).containsExactly("[\"work\"]", "[\"unlock\"]");
    assertThat(d.complete(1, null).output()).isEqualTo("done");
  }

  @Test
  void a_loop_that_swallows_a_thousand_times_fails_the_instance() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  for (int i = 0; i < 1_001; i++) {
                    try {
                      echo(ctx, "a");
                    } catch (Throwable t) {
                      assertThat(t).isInstanceOf(Error.class);
                    }
                  }
                  return null;
                })
            .withoutReplays()
            .replaying()
            .begin();
    assertThat(d.end().status()).isEqualTo(OrchestrationStatus.FAILED);
    assertThat(d.failure().message()).contains("1000 times", "StickyUnwindTest.java:");
  }

  @Test
  void a_loop_that_swallows_less_often_goes_on() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  for (int i = 0; i < 999; i++) {
                    try {
                      return echo(ctx, "a");
                    } catch (Throwable t) {
                      assertThat(t).isInstanceOf(Error.class);
                    }
                  }
                  return "tried";
                })
            .begin();
    assertThat(d.last().end()).isEqualTo(new Waiting(false));
    assertThat(d.complete(0, "x").output()).isEqualTo("x");
  }

  @Test
  void calls_from_another_thread_are_refused() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Thread other =
                      new Thread(
                          () -> {
                            try {
                              echo(ctx, "stray");
                            } catch (Throwable t) {
                              refused.set(t);
                            }
                          },
                          "stray-1");
                  other.start();
                  other.join();
                  return "fine";
                })
            .begin();
    assertThat(d.output()).isEqualTo("fine");
    assertThat(refused.get())
        .isInstanceOf(OrchestratorRuleException.class)
        .hasMessageContaining("stray-1");
    assertThat(inputs(d)).isEmpty();
  }

  @Test
  void calls_after_the_end_are_refused() {
    AtomicReference<OrchestrationContext> leaked = new AtomicReference<>();
    AtomicReference<Task<String>> task = new AtomicReference<>();
    EpisodeDriver.of(
            ctx -> {
              leaked.set(ctx);
              task.set(ctx.callActivity(ECHO, "a"));
              return "done";
            })
        .begin();
    List<Runnable> calls = new ArrayList<>();
    calls.add(() -> leaked.get().newUuid());
    calls.add(() -> leaked.get().sleep(Duration.ZERO));
    calls.add(() -> task.get().await());
    calls.add(() -> task.get().isDone());
    calls.add(() -> task.get().cancel());
    for (Runnable call : calls) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(call::run))
          .isInstanceOf(OrchestratorRuleException.class)
          .hasMessageContaining("returned");
    }
  }

  @Test
  void stack_overflow_and_assertion_errors_of_user_code_fail_the_instance() {
    EpisodeDriver deep = EpisodeDriver.of(ctx -> dive(ctx, 0)).begin();
    assertThat(deep.failure().type()).isEqualTo(StackOverflowError.class.getName());
    EpisodeDriver wrong =
        EpisodeDriver.of(
                ctx -> {
                  throw new AssertionError("never");
                })
            .begin();
    assertThat(wrong.failure().type()).isEqualTo(AssertionError.class.getName());
  }

  private static int dive(OrchestrationContext ctx, int depth) {
    return dive(ctx, depth + 1) + 1;
  }

  @Test
  void a_linkage_error_blocks_wherever_it_comes_from() {
    EpisodeDriver straight =
        EpisodeDriver.of(
                ctx -> {
                  echo(ctx, "a");
                  throw new NoClassDefFoundError("com/example/Gone");
                })
            .withoutReplays()
            .begin()
            .complete(0, "x");
    EpisodeDriver inCallback =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> t = ctx.callActivity(ECHO, "a").thenApply(StickyUnwindTest::link);
                  try {
                    return t.await();
                  } catch (NoClassDefFoundError e) {
                    return "hidden";
                  }
                })
            .withoutReplays()
            .begin()
            .complete(0, "x");
    EpisodeDriver inStep =
        EpisodeDriver.of(ctx -> ctx.step("s", String.class, () -> link("")))
            .withoutReplays()
            .begin();
    for (EpisodeDriver d : List.of(straight, inCallback, inStep)) {
      assertThat(d.blocked().why()).contains("order-7", "com/example/Gone");
      assertThat(d.blocked().nonDeterministic()).isFalse();
      assertThat(d.last().actions()).isEmpty();
    }
  }

  private static String link(String text) {
    throw new NoClassDefFoundError("com/example/Gone" + text);
  }
}
