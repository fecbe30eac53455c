package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.TaskFailedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Steps that run inside the turn. At most one runs in an episode: the next one waits for the next
 * episode, that is until the former's result is durable.
 */
final class Steps {
  private final Episode episode;
  private int lastRunIn = -1;
  private boolean running;
  private boolean wantsTurn;

  Steps(Episode episode) {
    this.episode = episode;
  }

  /** Whether the episode stopped only for the next turn to begin. */
  boolean wantsTurn() {
    return wantsTurn;
  }

  void refuseInside() {
    if (running) {
      throw new OrchestratorRuleException(
          "The code of a step may not use the orchestration context");
    }
  }

  <R extends @Nullable Object> R run(String name, TypeRef<R> type, Callable<? extends R> body) {
    if (lastRunIn == episode.episodesBegun()) {
      wantsTurn = true;
      int before = episode.episodesBegun();
      episode.waitUntil(() -> episode.episodesBegun() > before);
      wantsTurn = false;
    }
    lastRunIn = episode.episodesBegun();
    TaskScheduled action =
        new TaskScheduled(name, "", null, Map.of(), null, episode.nextId(), true);
    int id = episode.act(action, List.of(), null);
    EventBody result = episode.timeline().inlineResult(id);
    if (result == null && episode.isTracing()) {
      throw episode.script().stop();
    }
    if (result == null) {
      result = runNow(id, name, body);
      episode.recordInline(result);
    }
    String what = "Step " + name + " (step " + id + ")";
    if (result instanceof TaskFailed f) {
      throw new TaskFailedException(what, f.failure());
    }
    return decode(((TaskCompleted) result).result(), type, what);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the converter gives what the type says
  private <R extends @Nullable Object> R decode(
      @Nullable Payload result, TypeRef<R> type, String what) {
    return (R) episode.decode(result, type.type(), what + ", result");
  }

  private EventBody runNow(int id, String name, Callable<?> body) {
    running = true;
    try {
      return new TaskCompleted(id, null, episode.encode(body.call(), "step " + id + " " + name));
    } catch (Exception e) {
      return failed(id, Failures.of(e, false));
    } finally {
      running = false;
    }
  }

  private static EventBody failed(int id, FailureDetails failure) {
    return new TaskFailed(id, null, failure);
  }
}
