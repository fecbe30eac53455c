package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.HistoryEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what the code did with what history says it did. */
final class Determinism {
  private Determinism() {}

  /** Kind and name; {@code aliases} are former names of what the code asked for. */
  static boolean fits(EventBody recorded, EventBody produced, List<String> aliases) {
    if (recorded instanceof TaskScheduled r && produced instanceof TaskScheduled p) {
      return r.inline() == p.inline() && sameName(r.name(), p.name(), aliases);
    }
    if (recorded instanceof SubOrchestrationCreated r
        && produced instanceof SubOrchestrationCreated p) {
      return r.detached() == p.detached()
          && sameName(r.name(), p.name(), aliases)
          && r.instance().equals(p.instance());
    }
    if (recorded instanceof EventSent r && produced instanceof EventSent p) {
      if (EntityActions.isOne(r) && EntityActions.isOne(p)) {
        return EntityActions.fits(r, p, aliases);
      }
      return r.name().equalsIgnoreCase(p.name()) && r.instance().equals(p.instance());
    }
    return recorded.getClass() == produced.getClass();
  }

  /** What differs in the parts that may differ after a careful change; null when nothing does. */
  static @Nullable String softDifference(EventBody recorded, EventBody produced) {
    if (recorded instanceof TaskScheduled r && produced instanceof TaskScheduled p) {
      if (!Objects.equals(r.input(), p.input())) {
        return "input";
      }
      return r.version().equals(p.version()) ? null : "version";
    }
    if (recorded instanceof SubOrchestrationCreated r
        && produced instanceof SubOrchestrationCreated p) {
      if (!Objects.equals(r.input(), p.input())) {
        return "input";
      }
      return r.version().equals(p.version()) ? null : "version";
    }
    if (recorded instanceof EventSent r && produced instanceof EventSent p) {
      if (EntityActions.isOne(r)) {
        return EntityActions.softDifference(r, p);
      }
      return Objects.equals(r.input(), p.input()) ? null : "payload";
    }
    if (recorded instanceof TimerCreated r && produced instanceof TimerCreated p) {
      return r.fireAt().equals(p.fireAt()) ? null : "due time";
    }
    if (recorded instanceof ExecutionCompleted r && produced instanceof ExecutionCompleted p) {
      return r.status() == p.status() && Objects.equals(r.result(), p.result()) ? null : "result";
    }
    return null;
  }

  /** What went with a recorded action. */
  static @Nullable Payload inputOf(@Nullable HistoryEvent recorded) {
    EventBody body = recorded == null ? null : recorded.body();
    if (body instanceof TaskScheduled t) {
      return t.input();
    }
    if (body instanceof SubOrchestrationCreated s) {
      return s.input();
    }
    return body instanceof EventSent e ? e.input() : null;
  }

  static boolean sameName(String recorded, String produced, List<String> aliases) {
    return recorded.equalsIgnoreCase(produced)
        || aliases.stream().anyMatch(recorded::equalsIgnoreCase);
  }

  /** An action in words. */
  static String describe(EventBody body) {
    if (body instanceof TaskScheduled t) {
      return (t.inline() ? "step '" : "activity '") + t.name() + "'" + input(t.input());
    }
    if (body instanceof SubOrchestrationCreated s) {
      return (s.detached() ? "detached start of '" : "sub-orchestration '")
          + s.name()
          + "' ("
          + s.instance()
          + ")"
          + input(s.input());
    }
    if (body instanceof TimerCreated t) {
      return "timer due " + t.fireAt();
    }
    if (body instanceof EventSent e && EntityActions.isOne(e)) {
      return EntityActions.describe(e);
    }
    if (body instanceof EventSent e) {
      return "event '" + e.name() + "' to " + e.instance();
    }
    if (body instanceof ExecutionCompleted c) {
      return "the end, " + c.status() + (c.result() == null ? "" : " with " + c.result().text());
    }
    return body.kind();
  }

  static String input(@Nullable Payload input) {
    if (input == null) {
      return "";
    }
    String text = input.text();
    return " with " + (text.length() <= 120 ? text : text.substring(0, 117) + "...");
  }

  static String message(
      String instance, int step, @Nullable EventBody recorded, String produced, String where) {
    return "Instance "
        + instance
        + ": the code does not fit the recorded history at step "
        + step
        + ". Recorded: "
        + (recorded == null ? "nothing" : describe(recorded))
        + ". Produced: "
        + produced
        + ", at "
        + where
        + ". Was the orchestrator changed while instances were running? Put the former code back,"
        + " or terminate the instance";
  }
}
