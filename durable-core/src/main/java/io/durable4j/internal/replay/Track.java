package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A history as a replay goes through it: the stops at which something comes to the code, and what
 * is to be known of the events between them. A replay of a long history waits for memory more than
 * for anything else, so these few facts lie side by side, and most events are not looked at again.
 * Grows with the history.
 */
final class Track {
  private int size;

  // --- by stop

  /** Which event it is. */
  private int[] places = {};

  /** How many turns had begun, and which number the last action before it had. */
  private int[] turns = {};

  private int[] actions = {};

  /** The action that ended well with this; {@link HistoryEvent#NO_ACTION} for any other event. */
  private int[] answered = {};

  private @Nullable Payload[] results = {};
  private int stopCount;

  // --- by turn

  private Instant[] clocks = {};

  /** How many beginnings there were, where several without an end between them are one. */
  private int[] beginnings = {};

  private int turnCount;

  // --- at the end

  private int highestAction = HistoryEvent.NO_ACTION;
  private boolean inTurn;

  void add(HistoryEvent e) {
    EventBody body = e.body();
    if (body instanceof OrchestratorStarted) {
      begin(e.timestamp());
    } else if (body instanceof OrchestratorCompleted) {
      inTurn = false;
    } else if (body.isAction()) {
      highestAction = Math.max(highestAction, e.eventId());
    } else if (body instanceof TaskCompleted t) {
      stop(t.taskScheduledId(), t.result());
    } else if (body instanceof SubOrchestrationCompleted s) {
      stop(s.taskScheduledId(), s.result());
    } else if (body instanceof TimerFired t) {
      stop(t.timerId(), null);
    } else {
      stop(HistoryEvent.NO_ACTION, null);
    }
    size++;
  }

  private void stop(int number, @Nullable Payload result) {
    int s = stopCount++;
    if (s == places.length) {
      int length = Columns.more(s);
      places = Arrays.copyOf(places, length);
      turns = Arrays.copyOf(turns, length);
      actions = Arrays.copyOf(actions, length);
      answered = Arrays.copyOf(answered, length);
      results = Arrays.copyOf(results, length);
    }
    places[s] = size;
    turns[s] = turnCount;
    actions[s] = highestAction;
    answered[s] = number;
    results[s] = result;
  }

  /** The clock never runs backwards. */
  private void begin(Instant time) {
    int t = turnCount++;
    if (t == clocks.length) {
      clocks = Arrays.copyOf(clocks, Columns.more(t));
      beginnings = Arrays.copyOf(beginnings, clocks.length);
    }
    Instant before = clock(t);
    clocks[t] = time.isAfter(before) ? time : before;
    beginnings[t] = beginnings(t) + (inTurn ? 0 : 1);
    inTurn = true;
  }

  /** How many events there are. */
  int size() {
    return size;
  }

  int stopCount() {
    return stopCount;
  }

  /** Which event the stop is. */
  int place(int stop) {
    return places[stop];
  }

  /** How many turns had begun before the stop. */
  int turn(int stop) {
    return turns[stop];
  }

  /** The highest number of an action before the stop. */
  int action(int stop) {
    return actions[stop];
  }

  /** The action that ended well here; {@link HistoryEvent#NO_ACTION} for any other event. */
  int answered(int stop) {
    return answered[stop];
  }

  /** With what it ended. */
  @Nullable Payload result(int stop) {
    return results[stop];
  }

  /** The time after so many turns had begun. */
  Instant clock(int turn) {
    return turn == 0 ? Instant.MIN : clocks[turn - 1];
  }

  /** How many beginnings there were after so many turns had begun. */
  int beginnings(int turn) {
    return turn == 0 ? 0 : beginnings[turn - 1];
  }

  /** About how many bytes it takes. */
  long bytes() {
    return (4L * Integer.BYTES + Columns.REFERENCE) * places.length
        + ((long) Integer.BYTES + Columns.REFERENCE) * clocks.length;
  }
}
