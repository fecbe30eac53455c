package io.durable4j.internal.replay;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of an execution in order, and how far the episode has come in them. */
final class Timeline {
  private final List<HistoryEvent> past;
  private final List<HistoryEvent> fresh;

  /** Actions of the past by number; gaps are null. */
  private final List<@Nullable HistoryEvent> recorded = new ArrayList<>();

  private final Map<Integer, EventBody> inlineResults = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  private int lastEpisodeEnd = -1;
  private int cursor;
  private Instant clock = Instant.MIN;

  Timeline(List<HistoryEvent> past, List<HistoryEvent> fresh) {
    this.past = past;
    this.fresh = fresh;
    for (int i = 0; i < past.size(); i++) {
      HistoryEvent e = past.get(i);
      if (e.body() instanceof OrchestratorCompleted) {
        lastEpisodeEnd = i;
      } else if (e.body().isAction() && e.eventId() >= 0) {
        record(e);
      } else if (e.body() instanceof TaskCompleted c && isInline(c.taskScheduledId())) {
        inlineResults.put(c.taskScheduledId(), c);
      } else if (e.body() instanceof TaskFailed f && isInline(f.taskScheduledId())) {
        inlineResults.put(f.taskScheduledId(), f);
      } else if (e.body() instanceof GenericEvent g && g.data() != null) {
        marks.add(g.data());
      }
    }
  }

  private void record(HistoryEvent e) {
    while (recorded.size() <= e.eventId()) {
      recorded.add(null);
    }
    recorded.set(e.eventId(), e);
  }

  private boolean isInline(int id) {
    HistoryEvent e = recorded(id);
    return e != null && e.body() instanceof TaskScheduled t && t.inline();
  }

  /** The next event, which is passed by this; null at the end. */
  @Nullable HistoryEvent next() {
    int at = cursor;
    if (at == past.size() + fresh.size()) {
      return null;
    }
    cursor++;
    HistoryEvent e = at < past.size() ? past.get(at) : fresh.get(at - past.size());
    if (e.body() instanceof EventBody.OrchestratorStarted && e.timestamp().isAfter(clock)) {
      clock = e.timestamp();
    }
    return e;
  }

  /** Whether the next event is an external one. */
  boolean isEventNext() {
    if (cursor == past.size() + fresh.size()) {
      return false;
    }
    HistoryEvent e = cursor < past.size() ? past.get(cursor) : fresh.get(cursor - past.size());
    return e.body() instanceof EventBody.EventRaised;
  }

  @Nullable HistoryEvent recorded(int id) {
    return id >= 0 && id < recorded.size() ? recorded.get(id) : null;
  }

  /** Whether history holds an event that is nothing but this text. */
  boolean isMarked(String text) {
    return marks.contains(text);
  }

  int recordedCount() {
    return recorded.size();
  }

  @Nullable EventBody inlineResult(int id) {
    return inlineResults.get(id);
  }

  /** Code that runs now ran in a recorded episode before, and all that it did then is recorded. */
  boolean isReplaying() {
    return cursor < past.size();
  }

  boolean isInRecordedEpisode() {
    return cursor <= lastEpisodeEnd;
  }

  Instant clock() {
    return clock;
  }
}
