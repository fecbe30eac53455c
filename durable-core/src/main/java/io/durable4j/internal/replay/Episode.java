package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.orchestration.Task;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of an orchestrator: feeds events to tasks, numbers its actions, and checks them. */
final class Episode {
  private final EpisodeInput input;
  private final Stage stage;
  private final Script script;
  private final EventWaits events = new EventWaits();
  private @Nullable EntityWaits entityWaits;
  private final Decisions decisions = new Decisions();
  private final OpenActions open = new OpenActions();
  private final Pause pause;
  private final Timeline timeline;
  private final boolean tracing;
  private final Payloads payloads;
  private final Obstacles obstacles;
  private @Nullable Callbacks callbacks;

  /** What a memo knows; tells the messages of actions that were repeated. */
  private final @Nullable Past remembered;

  private Runnable progress;
  private int nextId;
  private boolean wantsTurn;

  /** Who takes the end of an action. */
  interface Open {
    void ok(@Nullable Payload result);

    void failed(FailureDetails failure);
  }

  /** What comes when all events have passed and the code waits. */
  interface Pause {
    /** The end: the code is left. */
    Pause NONE = e -> false;

    /** Whether the episode got more events; unless it did, the code is left. */
    boolean more(Episode episode);

    /** The code was to be left, and goes on for long. */
    default void runsAway() {}
  }

  /** Tracing remembers the line of each action, for a mismatch that has no line of its own. */
  Episode(EpisodeInput all, Runnable progress, boolean tracing, Pause pause) {
    Memo memo = all.memo();
    Past past = memo == null ? new Past() : memo.past(all.past());
    past.read(all.past());
    this.remembered = memo == null ? null : past;
    // one that does not pause ends with its turn, and holds nothing for long
    this.input = pause.equals(Pause.NONE) ? all : all.withoutEvents();
    this.progress = progress;
    this.tracing = tracing;
    this.pause = pause;
    this.stage = memo == null ? new Stage() : memo.stage();
    this.script = new Script(pause);
    this.timeline = new Timeline(past, all.past(), all.fresh());
    this.payloads = new Payloads(this);
    this.obstacles = new Obstacles(this);
    stage.enter(this);
  }

  /** Lets go of the turn that ends, to wait for the next one. */
  void rest() {
    decisions.clear();
    callbacks = null; // none waits, and many episodes rest for long
    progress = () -> {};
    timeline.append(List.of());
  }

  /** How many actions are awaited. */
  int openActions() {
    return open.count() + (entityWaits == null ? 0 : entityWaits.count());
  }

  /** Goes on with another turn's events. */
  void append(List<HistoryEvent> more, Runnable progressOfTurn) {
    progress = progressOfTurn;
    timeline.append(more);
  }

  /** Where its tasks find it. */
  Stage stage() {
    return stage;
  }

  Script script() {
    return script;
  }

  /** Runs the callback soon. */
  void later(Runnable callback) {
    Callbacks mine = callbacks == null ? new Callbacks(script) : callbacks;
    callbacks = mine;
    mine.add(callback);
  }

  EventWaits events() {
    return events;
  }

  /** Made when the first entity is asked; most orchestrations have none. */
  EntityWaits entityWaits() {
    EntityWaits mine = entityWaits == null ? new EntityWaits() : entityWaits;
    entityWaits = mine;
    return mine;
  }

  /** Whether an event that has not come yet is an entity's answer. */
  boolean isAnswer(EventRaised event) {
    return entityWaits != null && entityWaits.isAnswer(event);
  }

  Payloads payloads() {
    return payloads;
  }

  Obstacles obstacles() {
    return obstacles;
  }

  Timeline timeline() {
    return timeline;
  }

  EpisodeInput input() {
    return input;
  }

  Instant clock() {
    return timeline.clock();
  }

  /** Beginnings of turns that ran no code (a suspension's) count as one with the next. */
  int episodesBegun() {
    return timeline.turnsBegun();
  }

  Decisions decisions() {
    return decisions;
  }

  /** What was decided in the turn that ends now. */
  EpisodeResult result(EpisodeResult.End end) {
    return decisions.result(end, events);
  }

  /** How it waits when nothing is left to do in this turn. */
  EpisodeResult.Waiting waiting() {
    return new EpisodeResult.Waiting(wantsTurn);
  }

  /** Whether it waits for nothing but the next turn. */
  void wantsTurn(boolean wanted) {
    wantsTurn = wanted;
  }

  boolean isTracing() {
    return tracing;
  }

  // --- going on in time

  /** Lets time pass until tasks have ended; unwinds when there is no more to come. */
  void waitUntil(BooleanSupplier condition) {
    script.refuseWaitInCallback();
    runCallbacks();
    while (!condition.getAsBoolean()) {
      if (!advance() && !pause.more(this)) {
        throw script.stop();
      }
    }
  }

  /** The same until the task has ended; each call on this way is part of each stack that waits. */
  void waitFor(TaskCell<?> task) {
    script.refuseWaitInCallback();
    runCallbacks();
    while (task.isPending()) {
      if (!advance() && !pause.more(this)) {
        throw script.stop();
      }
    }
  }

  /** The same until another turn begins. */
  void waitForTurn() {
    script.refuseWaitInCallback();
    runCallbacks();
    int before = episodesBegun();
    while (episodesBegun() == before) {
      if (step() == null && !pause.more(this)) {
        throw script.stop();
      }
    }
  }

  /** Goes on to what comes to the code next; false when there is nothing. */
  private boolean advance() {
    int answered = timeline.nextAnswer(nextId);
    if (answered == HistoryEvent.NO_ACTION) {
      return step() != null;
    }
    progress.run();
    ok(answered, timeline.result());
    runCallbacks();
    return true;
  }

  /** Applies the next event; null when there is none. */
  @Nullable HistoryEvent step() {
    HistoryEvent e = timeline.next();
    if (e != null) {
      progress.run();
      apply(e);
      runCallbacks();
    }
    return e;
  }

  void runCallbacks() {
    if (callbacks != null) {
      callbacks.run();
    }
  }

  private void apply(HistoryEvent e) {
    EventBody body = e.body();
    if (body.isAction() && e.eventId() >= nextId) {
      throw obstacles.mismatch(e.eventId(), body, "nothing: the code waits here");
    } else if (body instanceof TaskCompleted t) {
      ok(t.taskScheduledId(), t.result());
    } else if (body instanceof TaskFailed t) {
      failed(t.taskScheduledId(), t.failure());
    } else if (body instanceof SubOrchestrationCompleted t) {
      ok(t.taskScheduledId(), t.result());
    } else if (body instanceof SubOrchestrationFailed t) {
      failed(t.taskScheduledId(), t.failure());
    } else if (body instanceof TimerFired t) {
      ok(t.timerId(), null);
    } else if (body instanceof EventRaised r) {
      if (entityWaits == null || !entityWaits.raised(r)) {
        events.raised(e, r);
      }
    } else if (entityWaits != null && body instanceof GenericEvent g) {
      entityWaits.noted(g.data());
    }
  }

  private void ok(int id, @Nullable Payload result) {
    Open taker = open.remove(id);
    if (taker != null) {
      taker.ok(result);
    }
  }

  private void failed(int id, FailureDetails failure) {
    Open taker = open.remove(id);
    if (taker != null) {
      taker.failed(failure);
    }
  }

  // --- acting

  int nextId() {
    return nextId;
  }

  /** The id of a request that the next action sends to an entity. */
  String requestId(EntityTarget target, @Nullable Payload input) {
    return MessageIds.request(
        this.input.rules().ids(),
        this.input.execution(),
        timeline.rewinds(),
        nextId,
        target,
        input);
  }

  /** Takes the next number for an action, checks it against history or records it. */
  int act(EventBody body, List<String> aliases, @Nullable Open onEnd) {
    return act(body, aliases, onEnd, null);
  }

  /** The same for an action whose message has an id already. */
  int act(EventBody body, List<String> aliases, @Nullable Open onEnd, @Nullable MessageId given) {
    int id = nextId++;
    progress.run();
    obstacles.acts();
    HistoryEvent recorded = timeline.recorded(id);
    if (recorded == null) {
      if (timeline.isInRecordedEpisode()) {
        throw obstacles.mismatch(id, null, Determinism.describe(body));
      }
      HistoryEvent made =
          new HistoryEvent(id, clock(), given == null ? messageId(id, body) : given, body);
      decisions.act(made);
      await(id, made.message(), onEnd);
    } else if (!Determinism.fits(recorded.body(), body, aliases)) {
      throw obstacles.mismatch(id, recorded.body(), Determinism.describe(body));
    } else {
      obstacles.checkSoft(id, recorded.body(), body);
      await(id, recorded.message(), onEnd);
    }
    return id;
  }

  private @Nullable MessageId messageId(int id, EventBody body) {
    return MessageIds.of(input.rules().ids(), input.execution(), timeline.rewinds(), id, body);
  }

  /** The same for an action that was found to be the recorded one, and whose end nobody awaits. */
  void repeat() {
    progress.run();
    nextId++;
  }

  /** The same for an action that was found to be the recorded one. */
  int repeat(Open onEnd) {
    progress.run();
    open.add(nextId, null, onEnd);
    return nextId++;
  }

  private void await(int id, @Nullable MessageId message, @Nullable Open onEnd) {
    if (onEnd != null) {
      open.add(id, message, onEnd);
    }
  }

  /** What has no number: the result of an inline step, right behind its action; a mark. */
  void recordInline(EventBody result) {
    decisions.act(HistoryEvent.of(clock(), null, result));
  }

  /** Nobody waits for the action any more. */
  void withdraw(int id) {
    MessageId message = messageOf(id);
    boolean awaited = open.remove(id) != null;
    if (awaited && message != null && !timeline.isReplaying()) {
      decisions.withdraw(message);
    }
  }

  private @Nullable MessageId messageOf(int id) {
    MessageId sent = open.message(id);
    return sent != null || remembered == null ? sent : remembered.messageOf(id);
  }

  /** Nobody waits for the action any more, which goes on. */
  void forget(int id) {
    open.remove(id);
  }

  // --- tasks

  /** Runs user code in a callback; what it throws fails the task. */
  void guarded(TaskCell<?> task, Runnable code) {
    try {
      code.run();
    } catch (Throwable t) {
      if (script.isStopped()) {
        throw Unwind.SIGNAL;
      }
      if (t instanceof LinkageError || t instanceof OutOfMemoryError) {
        throw obstacles.notRunnable(t);
      }
      task.failWith(t);
    }
  }

  Task<@Nullable Void> timer(Instant due) {
    return new TimerCall(this, due).start();
  }
}
