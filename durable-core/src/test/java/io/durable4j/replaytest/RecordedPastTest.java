package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.Memo;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** What a replay takes from the past without looking at its events again. */
class RecordedPastTest {
  private static final ActivityRef<Integer, Integer> INT =
      ActivityRef.of("Get", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Long> LONG =
      ActivityRef.of("Get", Integer.class, Long.class);
  private static final EventRef<String> GO = EventRef.of("Go", String.class);
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void a_step_that_waited_for_a_turn_goes_on_before_what_came_with_it() {
    List<Boolean> done = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> call = ctx.callActivity(INT, 1);
                  ctx.step("one", String.class, () -> "a");
                  ctx.step("two", String.class, () -> "b");
                  done.add(call.isDone());
                  int got = call.await();
                  return got + ctx.waitForExternalEvent(GO).await();
                })
            .begin()
            .complete(0, 7)
            .raise("Go", "!");
    assertThat(d.output()).isEqualTo("7!");
    assertThat(done).isNotEmpty().containsOnly(false);
  }

  @Test
  void one_activity_may_be_called_as_two_types() {
    boolean[] swapped = {false};
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  List<Object> seen = new ArrayList<>();
                  for (int i = 0; i < 4; i++) {
                    boolean asLong = i % 2 == (swapped[0] ? 0 : 1);
                    ActivityRef<Integer, ? extends Number> get = asLong ? LONG : INT;
                    seen.add(ctx.callActivity(get, i).await());
                  }
                  ctx.waitForExternalEvent(GO).await();
                  return seen.toString()
                      + seen.stream().map(n -> n.getClass().getSimpleName()).toList();
                })
            .withoutReplays()
            .warm()
            .begin();
    for (int i = 0; i < 4; i++) {
      d.complete(i, i);
    }
    d.replay();
    swapped[0] = true;
    assertThat(d.raise("Go", "").output()).isEqualTo("[0, 1, 2, 3][Long, Integer, Long, Integer]");
  }

  @Test
  void many_that_are_open_keep_their_messages() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  List<Task<?>> timers = new ArrayList<>();
                  for (int i = 0; i < 20; i++) {
                    timers.add(ctx.createTimer(Duration.ofHours(i + 1)));
                  }
                  ctx.waitForExternalEvent(GO).await();
                  timers.forEach(Task::cancel);
                  return ctx.waitForExternalEvent(GO).await();
                })
            .begin();
    List<MessageId> sent = d.last().actions().stream().map(HistoryEvent::message).toList();
    assertThat(sent).hasSize(20);
    assertThat(d.raise("Go", "").last().withdrawn()).containsExactlyElementsOf(sent);
  }

  @Test
  void another_history_has_other_results() {
    Memo memo = new Memo();
    assertThat(output(memo, "1")).isEqualTo("1");
    assertThat(output(memo, "2")).isEqualTo("2");
  }

  /** The result of an orchestration that waits for an event and gives back what it got before. */
  private static String output(Memo memo, String got) {
    InstanceId instance = new InstanceId("one");
    ExecutionId execution = new ExecutionId("00000000000000000000000000000001");
    OrchestratorRef<Integer, Integer> ref =
        OrchestratorRef.of("Echo", Integer.class, Integer.class);
    Orchestrator<Integer, Integer> echo = RecordedPastTest::echo;
    Replay.Code code = new Replay.Code(ref, () -> echo);
    EpisodeInput.Rules rules =
        new EpisodeInput.Rules(
            new DerivedIds(),
            JacksonDataConverter.create(),
            null,
            1 << 20,
            false,
            "",
            (owner, quiet) -> NOPLogger.NOP_LOGGER);
    List<HistoryEvent> past = new ArrayList<>();
    List<HistoryEvent> fresh =
        turn(
            new ExecutionStarted(
                instance, execution, ref.name(), "", new Payload("0"), Map.of(), null, null, 0));
    for (int i = 0; i < 2; i++) {
      EpisodeResult result =
          Replay.run(new EpisodeInput(instance, execution, past, fresh, rules, null), code);
      past.addAll(fresh);
      past.addAll(result.actions());
      past.add(HistoryEvent.of(AT, null, new OrchestratorCompleted()));
      fresh = turn(new TaskCompleted(0, null, new Payload(got)));
    }
    fresh = turn(new EventBody.EventRaised("Go", new Payload("\"\"")));
    EpisodeResult last =
        Replay.run(new EpisodeInput(instance, execution, past, fresh, rules, memo), code);
    EpisodeResult.Finished end = (EpisodeResult.Finished) last.end();
    return Objects.requireNonNull(end.event().result()).text();
  }

  private static Integer echo(OrchestrationContext ctx, Integer input) {
    Integer got = ctx.callActivity(INT, input).await();
    ctx.waitForExternalEvent(GO).await();
    return got;
  }

  private static List<HistoryEvent> turn(EventBody body) {
    return List.of(
        HistoryEvent.of(AT, null, new OrchestratorStarted()), HistoryEvent.of(AT, null, body));
  }
}
