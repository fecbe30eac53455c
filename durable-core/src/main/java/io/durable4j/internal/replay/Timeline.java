package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionRewound;
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

  /** What is recorded, the same by place, and what follows it; null when the past has passed. */
  private @Nullable Past past;

  private @Nullable Track track;
  private @Nullable List<HistoryEvent> fresh;
  private final Set<String> marks;
  private int rewinds;
  private Instant clock = Instant.MIN;

  /** In the past, the place where the clock was set last; -1 when it was not. */
  private int clockSetAt = -1;

  private int turnsBegun;
  private boolean inTurn;

  Timeline(Past past, List<HistoryEvent> recorded, List<HistoryEvent> fresh) {
    this.events = recorded;
    this.size = recorded.size();
    this.past = past;
    this.track = past.track();
    this.fresh = fresh;
    this.marks = past.marks();
    this.rewinds = past.rewinds() + rewindsIn(fresh);
  }

  /** More events have come, behind all that has passed. */
  void append(List<HistoryEvent> more) {
    inTurn = false;
    begin(more);
    rewinds += rewindsIn(more);
  }

  private void begin(List<HistoryEvent> next) {
    clock = clock();
    track = null;
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

  /** Passes the next event; answers what it is, by the words of {@link Track}. */
  byte next() {
    if (!hasNext()) {
      return Track.NONE;
    }
    Track recorded = track;
    byte kind = recorded == null ? Track.kindOf(events.get(at).body()) : recorded.kind(at);
    if (kind == Track.BEGIN) {
      beginTurn(recorded);
    } else if (kind == Track.END) {
      inTurn = false;
    }
    at++;
    return kind;
  }

  private void beginTurn(@Nullable Track recorded) {
    turnsBegun += inTurn ? 0 : 1;
    inTurn = true;
    if (recorded != null) {
      clockSetAt = at;
    } else if (events.get(at).timestamp().isAfter(clock)) {
      clock = events.get(at).timestamp();
    }
  }

  private boolean hasNext() {
    List<HistoryEvent> then = fresh;
    if (at == size && then != null) {
      begin(then);
    }
    return at < size;
  }

  /** The event that was passed last. */
  HistoryEvent event() {
    return events.get(at - 1);
  }

  /** Its action's number. */
  int number() {
    return track == null ? event().eventId() : track.number(at - 1);
  }

  /** With what the action ended, where the past tells. */
  @Nullable Payload result() {
    return track == null ? null : track.result(at - 1);
  }

  /** Beginnings of turns that ran no code (a suspension's) count as one with the next. */
  int turnsBegun() {
    return turnsBegun;
  }

  /** Whether the next event is an external one. */
  boolean isEventNext() {
    return hasNext() && events.get(at).body() instanceof EventRaised;
  }

  @Nullable HistoryEvent recorded(int id) {
    return past == null ? null : past.action(id);
  }

  /** The activity that a recorded action called; null when it was something else. */
  @Nullable RecordedCall recordedCall(int id) {
    return past == null ? null : past.call(id);
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
    return track == null || clockSetAt < 0 ? clock : track.clock(clockSetAt);
  }
}
