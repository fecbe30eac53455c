package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
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
      if (r.status() != p.status() || !Objects.equals(r.result(), p.result())) {
        return "result";
      }
      return sameFailure(r.failure(), p.failure()) ? null : "failure";
    }
    return null;
  }

  /** The same types and messages; stacks change with every line that is added. */
  private static boolean sameFailure(@Nullable FailureDetails r, @Nullable FailureDetails p) {
    if (r == null || p == null) {
      return r == null && p == null;
    }
    return r.type().equals(p.type())
        && r.message().equals(p.message())
        && sameFailure(r.cause(), p.cause());
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
    return recorded.equals(produced) // nearly always, and sooner said
        || recorded.equalsIgnoreCase(produced)
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
      return "the end, " + c.status() + input(c.result()) + failure(c.failure());
    }
    return body.kind();
  }

  private static String failure(@Nullable FailureDetails failure) {
    return failure == null ? "" : " with " + failure;
  }

  static String input(@Nullable Payload input) {
    if (input == null) {
      return "";
    }
    String text = input.text();
    return " with " + (text.length() <= 120 ? text : text.substring(0, 117) + "...");
  }

  static String describeRecorded(@Nullable EventBody recorded) {
    return recorded == null ? "nothing" : describe(recorded);
  }

  static String message(String instance, EpisodeResult.Mismatch m) {
    return "Instance "
        + instance
        + ": the code does not fit the recorded history at step "
        + m.step()
        + ". Recorded: "
        + m.recorded()
        + ". Produced: "
        + m.produced()
        + ", at "
        + m.where()
        + ". Was the orchestrator changed while instances were running? Put the former code back,"
        + " or terminate the instance";
  }
}
