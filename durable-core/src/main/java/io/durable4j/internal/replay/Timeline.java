package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.OrchestratorCompleted;
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

  /** What is recorded, the same in order, and what follows it; null when the past has passed. */
  private @Nullable Past past;

  private @Nullable Track track;
  private @Nullable List<HistoryEvent> fresh;

  /** In the past, the next stop, and how many turns have begun. */
  private int stop;

  private int turn;

  private final Set<String> marks;
  private int rewinds;

  // --- behind the past

  private Instant clock = Instant.MIN;
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
    begin(more);
    inTurn = false;
    rewinds += rewindsIn(more);
  }

  private void begin(List<HistoryEvent> next) {
    Track passed = track;
    if (passed != null) {
      clock = passed.clock(turn);
      turnsBegun = passed.beginnings(turn);
    }
    events = next;
    size = next.size();
    at = 0;
    past = null;
    track = null;
    fresh = null;
  }

  private static int rewindsIn(List<HistoryEvent> events) {
    int count = 0;
    for (int i = 0; i < events.size(); i++) {
      count += events.get(i).body() instanceof ExecutionRewound ? 1 : 0;
    }
    return count;
  }

  /**
   * Passes what is recorded before the next stop, and that one, too, where it is the good end of an
   * action. Passes nothing where the code has not made all the actions that are recorded before.
   *
   * @param actions how many actions the code has made
   * @return the number of the action that ended; {@link HistoryEvent#NO_ACTION} when something else
   *     is next
   */
  int nextAnswer(int actions) {
    Track recorded = track;
    int s = stop;
    if (recorded == null || s == recorded.stopCount() || recorded.action(s) >= actions) {
      return HistoryEvent.NO_ACTION;
    }
    at = recorded.place(s);
    turn = recorded.turn(s);
    int answered = recorded.answered(s);
    if (answered >= 0) {
      at++;
      stop++;
    }
    return answered;
  }

  /** With what that action ended. */
  @Nullable Payload result() {
    return track == null ? null : track.result(stop - 1);
  }

  /** Passes the next event; null at the end. */
  @Nullable HistoryEvent next() {
    HistoryEvent e = peek();
    if (e != null) {
      if (track == null) {
        pass(e);
      } else {
        passRecorded(e, track);
      }
      at++;
    }
    return e;
  }

  private void passRecorded(HistoryEvent e, Track recorded) {
    if (stop < recorded.stopCount() && recorded.place(stop) == at) {
      stop++;
    } else if (e.body() instanceof OrchestratorStarted) {
      turn++;
    }
  }

  private void pass(HistoryEvent e) {
    if (e.body() instanceof OrchestratorStarted) {
      turnsBegun += inTurn ? 0 : 1;
      inTurn = true;
      clock = e.timestamp().isAfter(clock) ? e.timestamp() : clock;
    } else if (e.body() instanceof OrchestratorCompleted) {
      inTurn = false;
    }
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

  /** Beginnings of turns that ran no code (a suspension's) count as one with the next. */
  int turnsBegun() {
    return track == null ? turnsBegun : track.beginnings(turn);
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
    return track == null ? clock : track.clock(turn);
  }
}
