package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.internal.replay.EpisodeResult.ContinuedAsNew;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.ContinueOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Continue-as-new, and turns that only kept what arrived. */
class ContinueTest {
  private static final EventRef<String> A = EventRef.of("a", String.class);
  private static final EventRef<String> B = EventRef.of("b", String.class);

  private static List<String> carried(EpisodeDriver d) {
    assertThat(d.last().end()).isInstanceOf(ContinuedAsNew.class);
    return ((ContinuedAsNew) d.last().end())
        .carried().stream()
            .map(e -> Objects.requireNonNull(((EventRaised) e.body()).input()).text())
            .toList();
  }

  @Test
  void events_go_over_in_the_order_in_which_they_came() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              ctx.waitForExternalEvent(A).await();
              ctx.waitForExternalEvent(A).await();
              return ctx.continueAsNew(null);
            });
    d.begin().raise("b", "1").raise("a", "taken");
    d.episode(d.raised("B", "2"), d.raised("a", "taken"), d.raised("a", "3"), d.raised("b", "4"));
    assertThat(carried(d)).containsExactly("\"1\"", "\"2\"", "\"3\"", "\"4\"");
  }

  @Test
  void events_are_discarded_on_request() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              ctx.waitForExternalEvent(A).await();
              return ctx.continueAsNew(null, ContinueOptions.DEFAULT.discardingEvents());
            });
    d.begin().raise("b", "1").episode(d.raised("a", "taken"), d.raised("a", "2"));
    assertThat(carried(d)).isEmpty();
  }

  @Test
  void the_last_call_counts() {
    EpisodeDriver d =
        EpisodeDriver.of(
            Integer.class,
            Object.class,
            1,
            (ctx, n) -> {
              ctx.continueAsNew(2, ContinueOptions.DEFAULT.withVersion("9"));
              return ctx.continueAsNew(3);
            });
    d.begin();
    ContinuedAsNew end = (ContinuedAsNew) d.last().end();
    assertThat(Objects.requireNonNull(end.input()).text()).isEqualTo("3");
    assertThat(end.version()).isNull();
  }

  @Test
  void a_throwing_orchestrator_fails_all_the_same() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              ctx.continueAsNew(null);
              throw new IllegalStateException("after the call");
            });
    assertThat(d.begin().failure().message()).isEqualTo("after the call");
  }

  @Test
  void a_wait_after_the_call_waits() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              Object none = ctx.continueAsNew(null);
              ctx.waitForExternalEvent(A).await();
              return none;
            });
    assertThat(d.begin().last().end()).isInstanceOf(Waiting.class);
    assertThat(carried(d.raise("a", "x"))).isEmpty();
  }

  @Test
  void the_input_is_checked_at_the_call() {
    List<Throwable> thrown = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
            Integer.class,
            Object.class,
            1,
            (ctx, n) -> {
              assertThatThrownBy(() -> ctx.continueAsNew("two"))
                  .isInstanceOf(OrchestratorRuleException.class)
                  .hasMessageContaining("String")
                  .hasMessageContaining("Integer")
                  .satisfies(thrown::add);
              ctx.continueAsNew(null);
              return ctx.continueAsNew("two", ContinueOptions.DEFAULT.withVersion("2"));
            });
    d.replaying().begin();
    assertThat(thrown).as("in the episode and in its replay").hasSize(2);
    assertThat(d.last().end()).isInstanceOf(ContinuedAsNew.class);
  }

  @Test
  void continuing_where_history_goes_on_is_a_mismatch() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              ctx.step("one", Integer.class, () -> 1);
              ctx.waitForExternalEvent(B).await();
              return "done";
            });
    d.begin();
    var changed = d.replay(Void.class, Object.class, (ctx, none) -> ctx.continueAsNew(null));
    assertThat(changed.end().toString()).contains("Blocked").contains("step 'one'");
  }

  @Test
  void turns_of_a_pause_count_as_one_episode() {
    List<String> ran = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              for (int i = 0; i < 3; i++) {
                String value = ctx.waitForExternalEvent(A).await();
                ctx.step(value, Boolean.class, () -> ran.add(value));
              }
              return "done";
            });
    d.begin();
    EventBody begin = new OrchestratorStarted();
    d.episode(
        new ExecutionSuspended("hold"),
        d.raised("a", "1"),
        begin,
        d.raised("a", "2"),
        begin,
        d.raised("a", "3"),
        begin,
        new ExecutionResumed("go on"));
    assertThat(ran).containsExactly("1");
    assertThat(((Waiting) d.last().end()).again()).isTrue();
    d.drive(TaskScheduled::name);
    assertThat(ran).containsExactly("1", "2", "3");
    assertThat(d.output()).isEqualTo("done");
  }
}
