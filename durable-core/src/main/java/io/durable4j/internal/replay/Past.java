package io.durable4j.internal.replay;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is recorded in the complete episodes of an execution, by number. Grows with the history. */
final class Past {
  /** Actions by number; gaps are null. */
  private final List<@Nullable HistoryEvent> actions = new ArrayList<>();

  private final Map<Integer, EventBody> inlineResults = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  private int rewinds;
  private int read;
  private int lastEpisodeEnd = -1;
  private @Nullable HistoryEvent newest;

  /** Whether the history is the one that was read, and perhaps more. */
  @SuppressWarnings("ReferenceEquality") // the very same event
  boolean isBeginOf(List<HistoryEvent> history) {
    return read == 0 || (read <= history.size() && history.get(read - 1) == newest);
  }

  /** Reads what has come to the history since. */
  void read(List<HistoryEvent> history) {
    int size = history.size();
    for (int i = read; i < size; i++) {
      newest = history.get(i);
      read(i, newest);
    }
    read = size;
  }

  private void read(int place, HistoryEvent e) {
    EventBody body = e.body();
    if (body instanceof OrchestratorCompleted) {
      lastEpisodeEnd = place;
    } else if (e.eventId() >= 0 && body.isAction()) {
      while (actions.size() <= e.eventId()) {
        actions.add(null);
      }
      actions.set(e.eventId(), e);
    } else if (body instanceof TaskCompleted c && isInline(c.taskScheduledId())) {
      inlineResults.put(c.taskScheduledId(), c);
    } else if (body instanceof TaskFailed f && isInline(f.taskScheduledId())) {
      inlineResults.put(f.taskScheduledId(), f);
    } else if (body instanceof GenericEvent g && g.data() != null) {
      marks.add(g.data());
    } else if (body instanceof ExecutionRewound) {
      rewinds++;
    }
  }

  private boolean isInline(int id) {
    HistoryEvent e = action(id);
    return e != null && e.body() instanceof TaskScheduled t && t.inline();
  }

  @Nullable HistoryEvent action(int id) {
    return id >= 0 && id < actions.size() ? actions.get(id) : null;
  }

  int actionCount() {
    return actions.size();
  }

  @Nullable EventBody inlineResult(int id) {
    return inlineResults.get(id);
  }

  /** The texts of events that are nothing but a text. */
  Set<String> marks() {
    return marks.isEmpty() ? Set.of() : marks;
  }

  int rewinds() {
    return rewinds;
  }

  /** The place of the last event of the last complete episode; -1 when there is none. */
  int lastEpisodeEnd() {
    return lastEpisodeEnd;
  }
}
