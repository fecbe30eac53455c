package io.durable4j.internal.replay;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is recorded in the complete episodes of an execution, by number. Grows with the history. */
final class Past {
  private final Track track = new Track();

  /** Actions by number; gaps are null. */
  private @Nullable HistoryEvent[] actions = {};

  /** For calls of activities, which one. */
  private @Nullable RecordedCall[] calls = {};

  private int actionCount;
  private final Map<String, RecordedCall> called = new HashMap<>();
  private final Map<Integer, EventBody> inlineResults = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  private int rewinds;
  private int lastEpisodeEnd = -1;
  private @Nullable HistoryEvent newest;

  /** Whether the history is the one that was read, and perhaps more. */
  @SuppressWarnings("ReferenceEquality") // the very same event
  boolean isBeginOf(List<HistoryEvent> history) {
    int read = track.size();
    return read == 0 || (read <= history.size() && history.get(read - 1) == newest);
  }

  /** Reads what has come to the history since. */
  void read(List<HistoryEvent> history) {
    int size = history.size();
    for (int i = track.size(); i < size; i++) {
      newest = history.get(i);
      read(i, newest);
    }
  }

  private void read(int place, HistoryEvent e) {
    track.add(e);
    EventBody body = e.body();
    if (body instanceof OrchestratorCompleted) {
      lastEpisodeEnd = place;
    } else if (e.eventId() >= 0 && body.isAction()) {
      act(e);
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

  private void act(HistoryEvent e) {
    int id = e.eventId();
    if (id >= actions.length) {
      int length = Math.max(id + 1, Columns.more(actions.length));
      actions = Arrays.copyOf(actions, length);
      calls = Arrays.copyOf(calls, length);
    }
    actionCount = Math.max(actionCount, id + 1);
    actions[id] = e;
    calls[id] =
        e.body() instanceof TaskScheduled t && !t.inline()
            ? called.computeIfAbsent(t.name(), RecordedCall::new)
            : null;
  }

  private boolean isInline(int id) {
    HistoryEvent e = action(id);
    return e != null && e.body() instanceof TaskScheduled t && t.inline();
  }

  /** The same by place. */
  Track track() {
    return track;
  }

  @Nullable HistoryEvent action(int id) {
    return id >= 0 && id < actionCount ? actions[id] : null;
  }

  /** The activity that was called; null when it was another action, or none. */
  @Nullable RecordedCall call(int id) {
    return id < actionCount ? calls[id] : null;
  }

  @Nullable MessageId messageOf(int id) {
    HistoryEvent e = action(id);
    return e == null ? null : e.message();
  }

  int actionCount() {
    return actionCount;
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

  /** About how many bytes it takes, beside the events. */
  long bytes() {
    return track.bytes() + 2L * Columns.REFERENCE * actions.length;
  }
}
