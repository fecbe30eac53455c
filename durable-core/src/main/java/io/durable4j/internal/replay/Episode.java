package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.orchestration.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of an orchestrator: feeds events to tasks, numbers its actions, and checks them. */
final class Episode {
  private final EpisodeInput input;
  private final Runnable progress;
  private final Script script = new Script();
  private final Callbacks callbacks = new Callbacks(script);
  private final EventWaits events = new EventWaits();
  private final Timeline timeline;
  private final Map<Integer, Open> open = new HashMap<>();
  private final List<HistoryEvent> actions = new ArrayList<>();
  private final Set<MessageId> withdrawn = new LinkedHashSet<>();
  private final List<String> warnings = new ArrayList<>();
  private final boolean tracing;
  private final Payloads payloads;
  private final MessageIds messageIds;
  private int nextId;
  private int episodesBegun;
  private boolean begun;
  private @Nullable String lastSite;
  private boolean wantsTrace;

  /** Who takes the end of an action. */
  interface Open {
    void ok(@Nullable Payload result);

    void failed(FailureDetails failure);
  }

  /** Tracing remembers the line of each action, for a mismatch that has no line of its own. */
  Episode(EpisodeInput input, Runnable progress, boolean tracing) {
    this.input = input;
    this.progress = progress;
    this.tracing = tracing;
    this.timeline = new Timeline(input.past(), input.fresh());
    this.payloads = new Payloads(this);
    this.messageIds = new MessageIds(input);
  }

  Script script() {
    return script;
  }

  Callbacks callbacks() {
    return callbacks;
  }

  EventWaits events() {
    return events;
  }

  Payloads payloads() {
    return payloads;
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
    return episodesBegun;
  }

  List<HistoryEvent> actions() {
    return actions;
  }

  Set<MessageId> withdrawn() {
    return withdrawn;
  }

  /** Whether a mismatch was found in a place that only tracing can name. */
  boolean wantsTrace() {
    return wantsTrace;
  }

  boolean isTracing() {
    return tracing;
  }

  List<String> warnings() {
    return warnings;
  }

  // --- going on in time

  /** Lets time pass until the condition holds; unwinds when there is no more to come. */
  void waitUntil(BooleanSupplier condition) {
    script.refuseWaitInCallback();
    runCallbacks();
    while (!condition.getAsBoolean()) {
      if (step() == null) {
        throw script.stop();
      }
    }
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
    callbacks.run();
  }

  private void apply(HistoryEvent e) {
    EventBody body = e.body();
    if (body.isAction() && e.eventId() >= nextId) {
      throw mismatch(e.eventId(), body, "nothing: the code waits here");
    } else if (body instanceof OrchestratorStarted) {
      episodesBegun += begun ? 0 : 1;
      begun = true;
    } else if (body instanceof OrchestratorCompleted) {
      begun = false;
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
      events.raised(e, r);
    }
  }

  private void ok(int id, @Nullable Payload result) {
    Open task = open.remove(id);
    if (task != null) {
      task.ok(result);
    }
  }

  private void failed(int id, FailureDetails failure) {
    Open task = open.remove(id);
    if (task != null) {
      task.failed(failure);
    }
  }

  // --- acting

  int nextId() {
    return nextId;
  }

  /** Takes the next number for an action, checks it against history or records it. */
  int act(EventBody body, List<String> aliases, @Nullable Open onEnd) {
    int id = nextId++;
    progress.run();
    if (tracing) {
      String site = CallSites.userFrame(new Throwable().getStackTrace());
      lastSite = site == null ? lastSite : site;
    }
    HistoryEvent recorded = timeline.recorded(id);
    if (recorded == null) {
      if (timeline.isInRecordedEpisode()) {
        throw mismatch(id, null, Determinism.describe(body));
      }
      actions.add(new HistoryEvent(id, clock(), messageIds.of(id, body), body));
    } else if (!Determinism.fits(recorded.body(), body, aliases)) {
      throw mismatch(id, recorded.body(), Determinism.describe(body));
    } else {
      checkSoft(id, recorded.body(), body);
    }
    if (onEnd != null) {
      open.put(id, onEnd);
    }
    return id;
  }

  /** What has no number: the result of an inline step, right behind its action; a mark. */
  void recordInline(EventBody result) {
    actions.add(HistoryEvent.of(clock(), null, result));
  }

  /** Nobody waits for the action any more. */
  void withdraw(int id) {
    open.remove(id);
    if (timeline.isReplaying()) {
      return;
    }
    HistoryEvent e = timeline.recorded(id);
    for (int i = 0; e == null && i < actions.size(); i++) {
      e = actions.get(i).eventId() == id ? actions.get(i) : null;
    }
    if (e != null && e.message() != null) {
      withdrawn.add(e.message());
    }
  }

  /** Nobody waits for the action any more, which goes on. */
  void forget(int id) {
    open.remove(id);
  }

  private void checkSoft(int id, EventBody recorded, EventBody produced) {
    String difference = Determinism.softDifference(recorded, produced);
    if (difference == null) {
      return;
    }
    if (input.rules().strict()) {
      throw mismatch(id, recorded, Determinism.describe(produced));
    }
    warnings.add(
        "The "
            + difference
            + " of step "
            + id
            + " differs from the recorded one. Recorded: "
            + Determinism.describe(recorded)
            + ". Produced: "
            + Determinism.describe(produced));
  }

  Unwind mismatch(int step, @Nullable EventBody recorded, String produced) {
    String where = CallSites.userFrame(new Throwable().getStackTrace());
    // a warm episode does not know what the code gave to its actions
    wantsTrace = !tracing && (where == null || payloads.isWarm());
    if (where == null) {
      where = lastSite == null ? "its end" : "its end, after " + lastSite;
    }
    String why = Determinism.message(input.instance().value(), step, recorded, produced, where);
    String unreadable = payloads.unreadable();
    return unreadable == null
        ? script.block(why, true)
        : script.block(unreadable + ". It did read in an earlier episode, since " + why, false);
  }

  /** The deployment's fault: nothing is decided, so that a better one can go on. */
  Unwind notRunnable(Throwable error) {
    return script.block(
        "Instance "
            + input.instance()
            + ": the orchestrator could not be run: "
            + error
            + ". Is a class missing from this deployment?",
        false);
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
        throw notRunnable(t);
      }
      task.failWith(t);
    }
  }

  Task<@Nullable Void> timer(Instant due) {
    return new TimerCall(this, due).start();
  }
}
