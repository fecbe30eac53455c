package io.durable4j.inmemory.testing.history;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.RecordedHistory;
import org.jspecify.annotations.Nullable;

/** Leaves the traces of exceptions out of a history: they change with each JDK and each line. */
final class WithoutStacks {
  private WithoutStacks() {}

  static RecordedHistory of(RecordedHistory h) {
    return new RecordedHistory(
        h.orchestrator(),
        h.version(),
        h.instance(),
        h.execution(),
        h.status(),
        h.longestTimer(),
        h.events().stream().map(WithoutStacks::of).toList());
  }

  private static HistoryEvent of(HistoryEvent e) {
    return new HistoryEvent(e.eventId(), e.timestamp(), e.message(), of(e.body()));
  }

  private static EventBody of(EventBody body) {
    if (body instanceof TaskFailed f) {
      return new TaskFailed(f.taskScheduledId(), f.answers(), stripped(f.failure()));
    } else if (body instanceof SubOrchestrationFailed f) {
      return new SubOrchestrationFailed(f.taskScheduledId(), f.answers(), stripped(f.failure()));
    } else if (body instanceof ExecutionCompleted c) {
      return new ExecutionCompleted(c.status(), c.result(), of(c.failure()));
    }
    return body;
  }

  private static @Nullable FailureDetails of(@Nullable FailureDetails f) {
    return f == null ? null : stripped(f);
  }

  private static FailureDetails stripped(FailureDetails f) {
    return new FailureDetails(
        f.type(), f.message(), null, of(f.cause()), f.nonRetriable(), f.properties());
  }
}
