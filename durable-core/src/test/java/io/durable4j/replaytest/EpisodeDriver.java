package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.DataConverter;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.Memo;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Plays the store: keeps the history of one instance, runs episodes and gives the answers that a
 * test chooses. After each episode the whole history is replayed cold, which must change nothing.
 */
final class EpisodeDriver {
  static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
  static final InstanceId INSTANCE = new InstanceId("order-7");
  static final ExecutionId EXECUTION = new ExecutionId("00000000000000000000000000000001");

  private DataConverter converter = JacksonDataConverter.create();
  private final Replay.Code code;
  private final @Nullable Payload input;
  private final List<HistoryEvent> history = new ArrayList<>();
  private final List<Integer> episodeStarts = new ArrayList<>();
  private final Map<Integer, EventBody> open = new TreeMap<>();
  private Instant clock = BEGIN;
  private boolean replayAfterEach = true;
  private boolean strict = true;
  private @Nullable Duration maxTimerDelay;
  private int maxPayload = 1 << 20;
  private BiFunction<Class<?>, BooleanSupplier, Logger> loggers =
      (c, quiet) -> NOPLogger.NOP_LOGGER;

  private final ReplayLevel level = new ReplayLevel();
  private @Nullable EpisodeResult last;

  private EpisodeDriver(Replay.Code code, @Nullable Object input) {
    this.code = code;
    this.input = converter.toPayload(input);
  }

  static <I, O> EpisodeDriver of(
      Class<I> in, Class<O> out, @Nullable Object input, Orchestrator<I, O> orchestrator) {
    return new EpisodeDriver(code(in, out, orchestrator), input);
  }

  /** An orchestrator without input whose result may be anything. */
  static EpisodeDriver of(Flow flow) {
    return of(Void.class, Object.class, null, (ctx, none) -> flow.run(ctx));
  }

  /** Orchestrator code without input. */
  @FunctionalInterface
  interface Flow {
    @Nullable Object run(OrchestrationContext ctx) throws Exception;
  }

  private static <I, O> Replay.Code code(
      Class<I> in, Class<O> out, Orchestrator<I, O> orchestrator) {
    return new Replay.Code(OrchestratorRef.of("Flow", in, out), () -> orchestrator);
  }

  // --- settings

  EpisodeDriver withoutReplays() {
    replayAfterEach = false;
    return this;
  }

  EpisodeDriver lenient() {
    strict = false;
    return this;
  }

  /** Episodes remember values from now on. */
  EpisodeDriver warm() {
    level.warm();
    return this;
  }

  /** The orchestrator stays parked between episodes from now on. */
  EpisodeDriver live() {
    level.live();
    return this;
  }

  /** The parked orchestrator is thrown away; the next episode makes another. */
  EpisodeDriver discard() {
    level.discard();
    return this;
  }

  /** Each episode runs the code from its beginning, at any level. */
  EpisodeDriver replaying() {
    level.replaying();
    return this;
  }

  /** Episodes remember nothing, whatever the level. */
  EpisodeDriver cold() {
    level.cold();
    return this;
  }

  EpisodeDriver converter(DataConverter own) {
    converter = own;
    return this;
  }

  EpisodeDriver maxTimerDelay(@Nullable Duration longest) {
    maxTimerDelay = longest;
    return this;
  }

  EpisodeDriver maxPayload(int bytes) {
    maxPayload = bytes;
    return this;
  }

  EpisodeDriver loggers(BiFunction<Class<?>, BooleanSupplier, Logger> factory) {
    loggers = factory;
    return this;
  }

  // --- episodes

  EpisodeDriver begin() {
    return episode(
        new ExecutionStarted(
            INSTANCE, EXECUTION, "Flow", "", input, Map.of("team", "a"), null, null, 0));
  }

  EpisodeDriver complete(int step, @Nullable Object result) {
    return episode(completed(step, result));
  }

  TaskCompleted completed(int step, @Nullable Object result) {
    return new TaskCompleted(step, null, converter.toPayload(result));
  }

  EpisodeDriver completeRaw(int step, String json) {
    return episode(new TaskCompleted(step, null, new Payload(json)));
  }

  EpisodeDriver fail(int step, FailureDetails failure) {
    return episode(new TaskFailed(step, null, failure));
  }

  EpisodeDriver fail(int step, String message) {
    return fail(step, FailureDetails.of("java.lang.IllegalStateException", message, false));
  }

  EpisodeDriver fire(int step) {
    return episode(fired(step));
  }

  TimerFired fired(int step) {
    TimerCreated timer = (TimerCreated) java.util.Objects.requireNonNull(open.get(step));
    return new TimerFired(step, timer.fireAt());
  }

  EpisodeDriver raise(String name, @Nullable Object value) {
    return episode(raised(name, value));
  }

  EventRaised raised(String name, @Nullable Object value) {
    return new EventRaised(name, converter.toPayload(value));
  }

  /** One episode with these arrivals; none makes a wake-up. A blocked episode leaves no trace. */
  EpisodeDriver episode(EventBody... arrivals) {
    clock = clock.plusSeconds(1);
    for (EventBody body : arrivals) {
      if (body instanceof TimerFired t && t.fireAt().isAfter(clock)) {
        clock = t.fireAt();
      }
    }
    List<HistoryEvent> fresh = new ArrayList<>();
    fresh.add(HistoryEvent.of(clock, null, new OrchestratorStarted()));
    Arrays.stream(arrivals).map(b -> HistoryEvent.of(clock, null, b)).forEach(fresh::add);
    EpisodeResult result = level.run(fresh, memo -> input(history, fresh, memo), code);
    if (replayAfterEach) {
      level.assertSame(result, () -> Replay.run(input(history, fresh, null), code));
    }
    last = result;
    if (result.end() instanceof EpisodeResult.Blocked) {
      level.forget();
      return this;
    }
    episodeStarts.add(history.size());
    history.addAll(fresh);
    history.addAll(result.actions());
    history.add(HistoryEvent.of(clock, null, new OrchestratorCompleted()));
    for (EventBody body : arrivals) {
      settle(body);
    }
    for (HistoryEvent e : result.actions()) {
      if (e.body().isAction() && !(e.body() instanceof TaskScheduled t && t.inline())) {
        open.put(e.eventId(), e.body());
      }
    }
    if (replayAfterEach) {
      EpisodeResult again = Replay.run(input(history, List.of(), null), code);
      assertThat(again.actions()).as("actions of a mere replay").isEmpty();
      assertThat(again.end()).as("end of a mere replay").hasToString(result.end().toString());
    }
    return this;
  }

  private void settle(EventBody body) {
    if (body instanceof TaskCompleted c) {
      open.remove(c.taskScheduledId());
    } else if (body instanceof TaskFailed f) {
      open.remove(f.taskScheduledId());
    } else if (body instanceof TimerFired t) {
      open.remove(t.timerId());
    }
  }

  /**
   * Answers activities and timers, one an episode in the order of their numbers, while any is open.
   */
  EpisodeDriver drive(Function<TaskScheduled, @Nullable Object> activities) {
    while (!isFinished()) {
      var next = open.entrySet().stream().findFirst();
      if (next.isPresent()) {
        int step = next.get().getKey();
        if (next.get().getValue() instanceof TaskScheduled t) {
          complete(step, activities.apply(t));
        } else {
          fire(step);
        }
      } else if (last().end() instanceof EpisodeResult.Waiting w && w.again()) {
        episode();
      } else {
        return this;
      }
    }
    return this;
  }

  private EpisodeInput input(
      List<HistoryEvent> past, List<HistoryEvent> fresh, @Nullable Memo kept) {
    return new EpisodeInput(
        INSTANCE,
        EXECUTION,
        List.copyOf(past),
        List.copyOf(fresh),
        new EpisodeInput.Rules(
            new DerivedIds(), converter, maxTimerDelay, maxPayload, strict, "", loggers),
        kept);
  }

  /** Replays everything with other code. */
  <I, O> EpisodeResult replay(Class<I> in, Class<O> out, Orchestrator<I, O> edited) {
    return Replay.run(input(history, List.of(), null), code(in, out, edited));
  }

  /** Replays everything with what former episodes remember, if they do. */
  EpisodeResult replay() {
    return Replay.run(input(history, List.of(), level.memo()), code);
  }

  long memoBytes() {
    return java.util.Objects.requireNonNull(level.memo()).bytes();
  }

  /** Runs an episode again on what was recorded before it. */
  EpisodeResult rerun(int episode) {
    int from = episodeStarts.get(episode);
    List<HistoryEvent> fresh = new ArrayList<>();
    for (HistoryEvent e : episodeEvents(episode)) {
      if (e.body() instanceof OrchestratorCompleted || e.body().isAction()) {
        break;
      }
      fresh.add(e);
    }
    return Replay.run(input(history.subList(0, from), fresh, null), code);
  }

  List<HistoryEvent> episodeEvents(int episode) {
    int to = episode + 1 < episodes() ? episodeStarts.get(episode + 1) : history.size();
    return history.subList(episodeStarts.get(episode), to);
  }

  // --- what became of it

  int episodes() {
    return episodeStarts.size();
  }

  EpisodeResult last() {
    return java.util.Objects.requireNonNull(last);
  }

  Instant clock() {
    return clock;
  }

  /** The actions of the newest episode. */
  List<EventBody> actions() {
    return last().actions().stream().map(HistoryEvent::body).toList();
  }

  /** All actions that were ever recorded. */
  List<EventBody> allActions() {
    return history.stream().map(HistoryEvent::body).filter(EventBody::isAction).toList();
  }

  List<Integer> openSteps() {
    return List.copyOf(open.keySet());
  }

  EventBody openAction(int step) {
    return java.util.Objects.requireNonNull(open.get(step));
  }

  boolean isFinished() {
    return last().end() instanceof EpisodeResult.Finished;
  }

  ExecutionCompleted end() {
    assertThat(last().end()).isInstanceOf(EpisodeResult.Finished.class);
    return ((EpisodeResult.Finished) last().end()).event();
  }

  @Nullable Object output() {
    ExecutionCompleted end = end();
    assertThat(end.failure()).isNull();
    return converter.fromPayload(end.result(), Object.class);
  }

  FailureDetails failure() {
    return java.util.Objects.requireNonNull(end().failure(), "it did not fail");
  }

  EpisodeResult.Blocked blocked() {
    assertThat(last().end()).isInstanceOf(EpisodeResult.Blocked.class);
    return (EpisodeResult.Blocked) last().end();
  }
}
