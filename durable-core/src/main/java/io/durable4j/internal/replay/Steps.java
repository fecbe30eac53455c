package io.durable4j.internal.replay;

import io.durable4j.data.Failures;
import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
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

  Steps(Episode episode) {
    this.episode = episode;
  }

  <R extends @Nullable Object> R run(String name, TypeRef<R> type, Callable<? extends R> body) {
    if (lastRunIn == episode.episodesBegun()) {
      episode.wantsTurn(true);
      episode.waitForTurn();
      episode.wantsTurn(false);
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
    return (R) episode.payloads().decode(result, type.type(), () -> what + ", result");
  }

  private EventBody runNow(int id, String name, Callable<?> body) {
    episode.script().enterStep();
    try {
      return new TaskCompleted(
          id, null, episode.payloads().encode(body.call(), "step " + id + " " + name));
    } catch (LinkageError | OutOfMemoryError e) {
      throw episode.obstacles().notRunnable(e);
    } catch (Throwable t) {
      // Whatever it threw is its result; left unrecorded it would run again at every replay.
      return new TaskFailed(id, null, Failures.of(t, false));
    } finally {
      episode.script().leaveStep();
    }
  }
}
