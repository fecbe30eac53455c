package io.durable4j.internal.client;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says in a few lines where an instance is. */
final class Explanation {
  private Explanation() {}

  static String of(InstanceState state, List<HistoryEvent> history, List<String> mailbox) {
    StringBuilder out = new StringBuilder();
    InstanceState.Progress p = state.progress();
    out.append("Instance ").append(state.id()).append(" of ").append(state.name());
    out.append(" is ").append(p.status()).append(" since ").append(p.updatedAt()).append('.');
    EventBody.ParentLink parent = state.start().parent();
    if (parent != null) {
      line(
          out,
          "It is a child of " + parent.instance() + " (step " + parent.taskScheduledId() + ")");
    }
    InstanceState.Parked parked = p.parked();
    if (parked != null) {
      line(out, "Parked since " + parked.since() + ": " + parked.reason());
    }
    if (p.failure() != null) {
      line(out, "Failure: " + p.failure());
    }
    if (p.status() == OrchestrationStatus.SUSPENDED) {
      suspended(out, history);
    }
    if (p.status() == OrchestrationStatus.PENDING) {
      line(
          out,
          state.start().scheduledFor() == null
              ? "Waits for a worker to start it"
              : "Waits for its start at " + state.start().scheduledFor());
    }
    if (!p.status().isTerminal()) {
      waits(out, history);
      p.awaitedEvents()
          .forEach(e -> line(out, "Waits for event '" + e + "' since " + p.updatedAt()));
    }
    Payload custom = p.customStatus();
    if (custom != null) {
      line(out, "It says of itself: " + custom.text());
    }
    mailbox.forEach(m -> line(out, "In its mailbox here: " + m));
    return out.toString();
  }

  private static void suspended(StringBuilder out, List<HistoryEvent> history) {
    HistoryEvent first = null;
    for (HistoryEvent e : history) {
      if (e.body() instanceof ExecutionResumed) {
        first = null;
      } else if (first == null && e.body() instanceof ExecutionSuspended) {
        first = e;
      }
    }
    if (first != null && first.body() instanceof ExecutionSuspended s) {
      line(out, "Suspended since " + first.timestamp() + ": " + s.reason());
    }
  }

  private static void waits(StringBuilder out, List<HistoryEvent> history) {
    Map<Integer, HistoryEvent> open = new TreeMap<>();
    Map<String, Integer> early = new TreeMap<>();
    for (HistoryEvent e : history) {
      if (e.body() instanceof TaskScheduled
          || e.body() instanceof TimerCreated
          || (e.body() instanceof SubOrchestrationCreated s && !s.detached())) {
        open.put(e.eventId(), e);
      } else if (e.body() instanceof EventRaised r) {
        early.merge(r.name(), 1, Integer::sum);
      } else {
        open.remove(answered(e));
      }
    }
    for (HistoryEvent e : open.values()) {
      line(out, "Waits for " + what(e) + " (step " + e.eventId() + ") since " + e.timestamp());
    }
    early.forEach((name, n) -> line(out, "Got event '" + name + "' " + n + " times so far"));
  }

  private static int answered(HistoryEvent e) {
    if (e.body() instanceof TaskCompleted t) {
      return t.taskScheduledId();
    } else if (e.body() instanceof TaskFailed t) {
      return t.taskScheduledId();
    } else if (e.body() instanceof SubOrchestrationCompleted t) {
      return t.taskScheduledId();
    } else if (e.body() instanceof SubOrchestrationFailed t) {
      return t.taskScheduledId();
    }
    return e.body() instanceof TimerFired t ? t.timerId() : -1;
  }

  private static String what(HistoryEvent e) {
    if (e.body() instanceof TaskScheduled t) {
      return "activity " + t.name();
    }
    if (e.body() instanceof TimerCreated t) {
      return "a timer due " + t.fireAt();
    }
    return e.body() instanceof SubOrchestrationCreated s
        ? "sub-orchestration " + s.name() + " (" + s.instance() + ")"
        : e.body().kind();
  }

  private static void line(StringBuilder out, String text) {
    out.append("\n  ").append(text);
  }
}
