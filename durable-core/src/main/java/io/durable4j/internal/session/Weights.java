package io.durable4j.internal.session;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.internal.inbox.InboxIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** About how many bytes of heap things take. */
final class Weights {
  /** A session without its history, with its place in the cache, its state and its index. */
  static final long SESSION = 900;

  /** A history without its events, and what replays remember without what they decoded. */
  static final long HISTORY = 500;

  /** A message, an action or a child in the index. */
  private static final long KNOWN = 40;

  private static final long ID = 48;

  /** An event, its time, its ids and its body, without payloads. */
  private static final long EVENT = 150;

  private static final long TEXT = 56;

  private Weights() {}

  static long of(List<HistoryEvent> events) {
    long sum = 0;
    for (int i = 0; i < events.size(); i++) {
      sum += EVENT + payload(events.get(i).body());
    }
    return sum;
  }

  /** What the state adds to the least that a session takes. */
  static long of(@Nullable InstanceState state) {
    if (state == null) {
      return 0;
    }
    InstanceState.Progress progress = state.progress();
    return of(state.start().input())
        + of(progress.customStatus())
        + TEXT * progress.awaitedEvents().size()
        + ID * state.consumed().size();
  }

  /** {@code shared} says whether the history holds the events and the ids of messages too. */
  static long of(InboxIndex index, boolean shared) {
    long all = KNOWN * index.size();
    return shared ? all : all + of(index.open()) + of(index.unseen());
  }

  private static long payload(EventBody body) {
    if (body instanceof TaskScheduled t) {
      return text(t.name()) + of(t.input());
    } else if (body instanceof TaskCompleted t) {
      return of(t.result());
    } else if (body instanceof TaskFailed t) {
      return of(t.failure());
    } else if (body instanceof EventRaised r) {
      return text(r.name()) + of(r.input());
    } else if (body instanceof ExecutionStarted s) {
      return text(s.name()) + of(s.input());
    } else if (body instanceof SubOrchestrationCreated s) {
      return text(s.name()) + of(s.input());
    } else if (body instanceof SubOrchestrationCompleted s) {
      return of(s.result());
    } else if (body instanceof SubOrchestrationFailed s) {
      return of(s.failure());
    } else if (body instanceof EventSent s) {
      return text(s.name()) + of(s.input());
    }
    return body instanceof Unknown u ? text(u.json()) : 0;
  }

  private static long of(@Nullable Payload payload) {
    return payload == null ? 0 : text(payload.text());
  }

  private static long of(FailureDetails failure) {
    long sum = text(failure.message()) + text(failure.stack());
    FailureDetails cause = failure.cause();
    return cause == null ? sum : sum + of(cause);
  }

  private static long text(@Nullable String text) {
    return text == null ? 0 : TEXT + text.length();
  }
}
