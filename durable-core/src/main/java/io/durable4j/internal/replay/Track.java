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
 * A history as a replay goes through it: what each event is, by its place. A replay of a long
 * history waits for memory more than for anything else, so the few facts that it needs of most
 * events lie side by side, and no event is looked at again. Grows with the history.
 */
final class Track {
  /** The end of what there is; no event. */
  static final byte NONE = 0;

  /** A turn begins. */
  static final byte BEGIN = 1;

  /** A turn has ended. */
  static final byte END = 2;

  /** The code acted; the number is the action's. */
  static final byte ACTION = 3;

  /** An action ended well; the number is the action's. */
  static final byte ANSWER = 4;

  /** Something that has to be looked at. */
  static final byte OTHER = 5;

  private byte[] kinds = {};

  /** The action's number; for the beginning of a turn, the place of its clock. */
  private int[] numbers = {};

  /** With what actions ended. */
  private @Nullable Payload[] results = {};

  private int size;

  private Instant[] clocks = {};
  private int turns;

  /** What an event is to a replay that looks at the event itself. */
  static byte kindOf(EventBody body) {
    if (body instanceof OrchestratorStarted) {
      return BEGIN;
    }
    if (body instanceof OrchestratorCompleted) {
      return END;
    }
    return body.isAction() ? ACTION : OTHER;
  }

  void add(HistoryEvent e) {
    EventBody body = e.body();
    byte kind = kindOf(body);
    if (kind == BEGIN) {
      add(kind, turns, null);
      addClock(e.timestamp());
    } else if (kind == ACTION) {
      add(kind, e.eventId(), null);
    } else if (body instanceof TaskCompleted t) {
      add(ANSWER, t.taskScheduledId(), t.result());
    } else if (body instanceof SubOrchestrationCompleted s) {
      add(ANSWER, s.taskScheduledId(), s.result());
    } else if (body instanceof TimerFired t) {
      add(ANSWER, t.timerId(), null);
    } else {
      add(kind, HistoryEvent.NO_ACTION, null);
    }
  }

  private void add(byte kind, int number, @Nullable Payload result) {
    if (size == kinds.length) {
      int length = Columns.more(size);
      kinds = Arrays.copyOf(kinds, length);
      numbers = Arrays.copyOf(numbers, length);
      results = Arrays.copyOf(results, length);
    }
    kinds[size] = kind;
    numbers[size] = number;
    results[size] = result;
    size++;
  }

  /** The clock never runs backwards. */
  private void addClock(Instant time) {
    if (turns == clocks.length) {
      clocks = Arrays.copyOf(clocks, Columns.more(turns));
    }
    Instant before = turns == 0 ? Instant.MIN : clocks[turns - 1];
    clocks[turns++] = time.isAfter(before) ? time : before;
  }

  int size() {
    return size;
  }

  byte kind(int place) {
    return kinds[place];
  }

  int number(int place) {
    return numbers[place];
  }

  @Nullable Payload result(int place) {
    return results[place];
  }

  /** The time of the turn that begins at this place. */
  Instant clock(int place) {
    return clocks[numbers[place]];
  }

  /** About how many bytes it takes. */
  long bytes() {
    return (long) kinds.length * (1 + Integer.BYTES + Columns.REFERENCE)
        + (long) clocks.length * Columns.REFERENCE;
  }
}
