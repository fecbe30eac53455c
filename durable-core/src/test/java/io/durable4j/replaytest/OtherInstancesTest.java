package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.MessageId;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Children, detached starts and events to other instances, as replay decides them. */
class OtherInstancesTest {
  private static final OrchestratorRef<Integer, String> CHILD =
      OrchestratorRef.of("Child", Integer.class, String.class);
  private static final OrchestratorRef<Integer, String> OTHER =
      OrchestratorRef.of("Other", Integer.class, String.class);
  private static final EventRef<String> GO = EventRef.of("go", String.class);
  private static final CallOptions NAMED = CallOptions.instance("c");
  private static final FailureDetails WHY = FailureDetails.of("T", "why", false);

  private static SubOrchestrationCompleted completed(int step, String json) {
    return new SubOrchestrationCompleted(step, null, new Payload(json));
  }

  private static SubOrchestrationFailed failed(int step) {
    return new SubOrchestrationFailed(step, null, WHY);
  }

  private static SubOrchestrationCreated created(EpisodeDriver d, int action) {
    return (SubOrchestrationCreated) d.allActions().get(action);
  }

  @Test
  void a_result_ends_the_call() {
    EpisodeDriver d =
        EpisodeDriver.of(ctx -> ctx.callSubOrchestrator(CHILD, 5).thenApply(s -> s + "!").await())
            .begin()
            .episode(completed(0, "\"five\""));
    assertThat(d.output()).isEqualTo("five!");
    assertThat(created(d, 0).input()).isEqualTo(new Payload("5"));
    assertThat(created(d, 0).tags()).isEqualTo(Map.of("team", "a"));
  }

  @Test
  void a_result_of_the_wrong_type_fails_the_call() {
    OrchestratorRef<Integer, Integer> typed =
        OrchestratorRef.of("Child", Integer.class, Integer.class);
    EpisodeDriver d =
        EpisodeDriver.of(ctx -> ctx.callSubOrchestrator(typed, 5).await())
            .begin()
            .episode(completed(0, "\"five\""));
    assertThat(d.failure().message()).contains("Sub-orchestration Child (step 0)", "result");
  }

  @Test
  void derived_ids_are_of_the_execution_and_the_step_and_the_same_each_time() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> a = ctx.callSubOrchestrator(CHILD, 5);
                  Task<String> b = ctx.callSubOrchestrator(CHILD, 5);
                  return ctx.allOf(List.of(a, b)).await();
                })
            .begin();
    String first = created(d, 0).instance().value();
    assertThat(first).startsWith(EpisodeDriver.EXECUTION + ":0:");
    assertThat(created(d, 1).instance().value()).startsWith(EpisodeDriver.EXECUTION + ":1:");
    assertThat(((SubOrchestrationCreated) d.rerun(0).actions().get(0).body()).instance().value())
        .isEqualTo(first);
    assertThat(d.rerun(0).actions().get(0).message())
        .isEqualTo(d.last().actions().get(0).message());
  }

  @Test
  void each_attempt_has_an_id_and_the_policy_s_pause_between() {
    RetryPolicy twice = RetryPolicy.of(2, Duration.ofSeconds(5));
    EpisodeDriver d =
        EpisodeDriver.of(ctx -> ctx.callSubOrchestrator(CHILD, 5, CallOptions.retry(twice)).await())
            .begin()
            .episode(failed(0))
            .fire(1)
            .episode(failed(2));
    assertThat(created(d, 0).instance()).isNotEqualTo(created(d, 2).instance());
    assertThat(d.allActions().get(3)).isInstanceOf(TimerCreated.class);
    d.fire(3);
    assertThat(d.failure().type()).isEqualTo(TaskFailedException.class.getName());
    assertThat(d.failure().cause()).isEqualTo(WHY);
  }

  @Test
  void a_handler_decides_on_the_attempts_of_a_child() {
    CallOptions options =
        CallOptions.retry(
                a ->
                    a.number() < 3
                        ? java.util.Optional.of(Duration.ZERO)
                        : java.util.Optional.empty())
            .withInstanceId("c");
    EpisodeDriver d =
        EpisodeDriver.of(ctx -> ctx.callSubOrchestrator(CHILD, 5, options).await())
            .begin()
            .episode(failed(0))
            .episode(failed(1))
            .episode(failed(2));
    assertThat(d.failure().cause()).isEqualTo(WHY);
    assertThat(d.allActions().stream().filter(a -> a instanceof SubOrchestrationCreated))
        .hasSize(3);
  }

  @Test
  void a_cancelled_call_leaves_the_child_its_start() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  ctx.callSubOrchestrator(CHILD, 5).cancel();
                  return ctx.waitForExternalEvent(GO).await();
                })
            .begin();
    assertThat(d.last().withdrawn()).isEmpty();
    assertThat(d.last().actions().get(0).message()).isNotNull();
    d.episode(completed(0, "\"late\"")).raise("go", "on");
    assertThat(d.output()).isEqualTo("on");
  }

  @Test
  void a_detached_start_is_marked_and_not_waited_for() {
    EpisodeDriver d =
        EpisodeDriver.of(ctx -> ctx.startOrchestrator(CHILD, 5, CallOptions.DEFAULT)).begin();
    assertThat(created(d, 0).detached()).isTrue();
    assertThat(d.output()).isEqualTo(created(d, 0).instance().value());
  }

  @Test
  void an_event_s_message_follows_from_what_it_is() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  ctx.sendEvent("i", GO, "x");
                  ctx.sendEvent("i", GO, "x");
                  return "sent";
                })
            .begin();
    assertThat(d.allActions().get(0)).isInstanceOf(EventSent.class);
    MessageId first = d.last().actions().get(0).message();
    assertThat(first).isNotNull().isNotEqualTo(d.last().actions().get(1).message());
    assertThat(d.rerun(0).actions().get(0).message()).isEqualTo(first);
  }

  private static String original(OrchestrationContext ctx) {
    ctx.callSubOrchestrator(CHILD, 5, NAMED).await();
    ctx.startOrchestrator(CHILD, 6, CallOptions.DEFAULT);
    ctx.sendEvent("i", GO, "x");
    return "end";
  }

  private static EpisodeResult edited(EpisodeDriver.Flow edit) {
    EpisodeDriver d =
        EpisodeDriver.of(OtherInstancesTest::original).begin().episode(completed(0, "\"\""));
    return d.replay(Void.class, Object.class, (ctx, none) -> edit.run(ctx));
  }

  private static void caught(int step, String was, String is, EpisodeDriver.Flow edit) {
    EpisodeResult result = edited(edit);
    assertThat(result.end()).isInstanceOf(Blocked.class);
    assertThat(((Blocked) result.end()).nonDeterministic()).isTrue();
    assertThat(((Blocked) result.end()).why())
        .contains("at step " + step + ".", "Recorded: " + was, "Produced: " + is);
  }

  @Test
  void the_unchanged_code_fits() {
    assertThat(edited(OtherInstancesTest::original).end())
        .isInstanceOf(EpisodeResult.Finished.class);
  }

  @Test
  void another_child_is_caught() {
    caught(
        0,
        "sub-orchestration 'Child' (c)",
        "sub-orchestration 'Other' (c)",
        ctx -> ctx.callSubOrchestrator(OTHER, 5, NAMED).await());
  }

  @Test
  void another_id_is_caught() {
    caught(
        0,
        "sub-orchestration 'Child' (c)",
        "sub-orchestration 'Child' (d)",
        ctx -> ctx.callSubOrchestrator(CHILD, 5, CallOptions.instance("d")).await());
    caught(
        0,
        "sub-orchestration 'Child' (c)",
        "sub-orchestration 'Child' (" + EpisodeDriver.EXECUTION + ":0:",
        ctx -> ctx.callSubOrchestrator(CHILD, 5).await());
  }

  @Test
  void a_detached_start_in_place_of_a_child_is_caught() {
    caught(
        0,
        "sub-orchestration 'Child' (c)",
        "detached start of 'Child' (c)",
        ctx -> ctx.startOrchestrator(CHILD, 5, NAMED));
  }

  @Test
  void a_child_in_place_of_a_detached_start_is_caught() {
    caught(
        1,
        "detached start of 'Child'",
        "sub-orchestration 'Child'",
        ctx -> {
          ctx.callSubOrchestrator(CHILD, 5, NAMED).await();
          return ctx.callSubOrchestrator(CHILD, 6).await();
        });
  }

  @Test
  void another_event_or_target_is_caught() {
    caught(
        2,
        "event 'go' to i",
        "event 'go' to j",
        ctx -> {
          ctx.callSubOrchestrator(CHILD, 5, NAMED).await();
          ctx.startOrchestrator(CHILD, 6, CallOptions.DEFAULT);
          ctx.sendEvent("j", GO, "x");
          return "end";
        });
  }

  @Test
  void another_input_is_caught_where_rules_are_strict() {
    caught(
        0,
        "sub-orchestration 'Child' (c) with 5",
        "sub-orchestration 'Child' (c) with 7",
        ctx -> ctx.callSubOrchestrator(CHILD, 7, NAMED).await());
  }
}
