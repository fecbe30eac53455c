package io.durable4j.internal.replay;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of an execution in order, and how far the episode has come in them. It lets go of what
 * has passed, so that an episode that goes on for long holds no history.
 */
final class Timeline {
  private List<HistoryEvent> events;
  private int size;
  private int at;

  /** What is recorded, and what follows it; null when the past has passed. */
  private @Nullable Past past;

  private @Nullable List<HistoryEvent> fresh;
  private final Set<String> marks;
  private int rewinds;
  private Instant clock = Instant.MIN;

  Timeline(Past past, List<HistoryEvent> recorded, List<HistoryEvent> fresh) {
    this.events = recorded;
    this.size = recorded.size();
    this.past = past;
    this.fresh = fresh;
    this.marks = past.marks();
    this.rewinds = past.rewinds() + rewindsIn(fresh);
  }

  /** More events have come, behind all that has passed. */
  void append(List<HistoryEvent> more) {
    begin(more);
    rewinds += rewindsIn(more);
  }

  private void begin(List<HistoryEvent> next) {
    events = next;
    size = next.size();
    at = 0;
    past = null;
    fresh = null;
  }

  private static int rewindsIn(List<HistoryEvent> events) {
    int count = 0;
    for (HistoryEvent e : events) {
      count += e.body() instanceof ExecutionRewound ? 1 : 0;
    }
    return count;
  }

  /** The next event, which is passed by this; null at the end. */
  @Nullable HistoryEvent next() {
    HistoryEvent e = peek();
    if (e != null) {
      at++;
      if (e.body() instanceof OrchestratorStarted && e.timestamp().isAfter(clock)) {
        clock = e.timestamp();
      }
    }
    return e;
  }

  private @Nullable HistoryEvent peek() {
    List<HistoryEvent> then = fresh;
    if (at == size && then != null) {
      begin(then);
    }
    return at == size ? null : events.get(at);
  }

  /** Whether the next event is an external one. */
  boolean isEventNext() {
    HistoryEvent e = peek();
    return e != null && e.body() instanceof EventRaised;
  }

  @Nullable HistoryEvent recorded(int id) {
    return past == null ? null : past.action(id);
  }

  /** Whether history holds an event that is nothing but this text. */
  boolean isMarked(String text) {
    return marks.contains(text);
  }

  int recordedCount() {
    return past == null ? 0 : past.actionCount();
  }

  @Nullable EventBody inlineResult(int id) {
    return past == null ? null : past.inlineResult(id);
  }

  /** How often the execution was rewound, in all that is known. */
  int rewinds() {
    return rewinds;
  }

  /** Code that runs now ran in a recorded episode before, and all that it did then is recorded. */
  boolean isReplaying() {
    return past != null && at < size;
  }

  boolean isInRecordedEpisode() {
    return past != null && at <= past.lastEpisodeEnd();
  }

  Instant clock() {
    return clock;
  }
}
