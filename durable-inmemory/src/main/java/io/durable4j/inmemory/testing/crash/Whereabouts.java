package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the step at which a run left the way of the run without faults. */
final class Whereabouts {
  private final Learned learned;
  private final Outcome good;
  private final Outcome run;

  Whereabouts(Learned learned, Outcome good, Outcome run) {
    this.learned = learned;
    this.good = good;
    this.run = run;
  }

  /** The step, without the order of arrivals that led there. */
  String place(List<Fault> faults) {
    String step = parting();
    if (step.isEmpty()) {
      step = repeated();
    }
    if (step.isEmpty()) {
      step = faults.isEmpty() ? "its end" : learned.describe(faults.get(0));
    }
    return step;
  }

  /** The step, for a person. */
  String step(List<Fault> faults) {
    StringBuilder text = new StringBuilder();
    for (Fault f : faults) {
      if (f instanceof Fault.Late) {
        text.append(learned.describe(f)).append("; then ");
      }
    }
    String place = place(faults);
    return text.indexOf(place) < 0 ? text + place : text.substring(0, text.length() - 7);
  }

  /** The first step that was asked for, or was answered, in another way; empty for none. */
  private String parting() {
    Map<String, List<HistoryEvent>> before = new LinkedHashMap<>();
    good.story().histories().forEach(h -> before.put(h.execution(), h.events()));
    for (Story.History h : run.story().histories()) {
      Set<String> known = new LinkedHashSet<>();
      before.getOrDefault(h.execution(), List.of()).forEach(e -> known.add(digest(e)));
      for (HistoryEvent e : h.events()) {
        String digest = digest(e);
        if (!digest.isEmpty() && !known.contains(digest)) {
          int step = step(e);
          return step < 0 ? "its end" : learned.step(h.execution(), step);
        }
      }
    }
    return "";
  }

  /** What an event says of its step; empty when it says nothing. */
  private static String digest(HistoryEvent e) {
    EventBody b = e.body();
    int step = step(e);
    if (b instanceof TaskScheduled t) {
      return step + t.name() + t.input();
    } else if (b instanceof SubOrchestrationCreated s) {
      return step + s.name() + s.input();
    } else if (b instanceof TaskCompleted t) {
      return step + "=" + t.result();
    } else if (b instanceof TaskFailed t) {
      return step + "!" + t.failure();
    } else if (b instanceof SubOrchestrationCompleted t) {
      return step + "=" + t.result();
    } else if (b instanceof SubOrchestrationFailed t) {
      return step + "!" + t.failure();
    } else if (b instanceof ExecutionCompleted c) {
      return "end" + c.status() + c.result() + c.failure();
    }
    return "";
  }

  private static int step(HistoryEvent e) {
    EventBody b = e.body();
    if (b instanceof TaskCompleted t) {
      return t.taskScheduledId();
    } else if (b instanceof TaskFailed t) {
      return t.taskScheduledId();
    } else if (b instanceof SubOrchestrationCompleted t) {
      return t.taskScheduledId();
    } else if (b instanceof SubOrchestrationFailed t) {
      return t.taskScheduledId();
    }
    return b instanceof ExecutionCompleted ? -1 : e.eventId();
  }

  /** The first activity that ran more often than without faults; empty for none. */
  private String repeated() {
    for (Body b : run.story().bodies()) {
      if (run.story().bodiesOf(b.key()) > good.story().bodiesOf(b.key())) {
        return learned.step(b);
      }
    }
    return "";
  }
}
