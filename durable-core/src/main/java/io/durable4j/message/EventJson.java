package io.durable4j.message;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.*;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One event as a JSON object: {@code kind}, {@code id}, {@code at}, {@code message}, the body. */
final class EventJson {
  private EventJson() {}

  static void write(JsonOut out, HistoryEvent e) throws IOException {
    out.begin();
    out.text("kind", e.body().kind());
    if (e.eventId() != HistoryEvent.NO_ACTION) {
      out.number("id", e.eventId());
    }
    out.time("at", e.timestamp());
    out.id("message", e.message());
    if (e.body() instanceof Unknown u) {
      out.generator().writeFieldName("body");
      out.generator().writeTree(Json.MAPPER.readTree(u.json()));
    } else {
      writeBody(out, e.body());
    }
    out.end();
  }

  private static void writeBody(JsonOut out, EventBody body) throws IOException {
    if (body instanceof ExecutionStarted b) {
      out.text("instance", b.instance().value());
      out.text("execution", b.execution().value());
      out.text("name", b.name());
      out.text("version", b.version());
      out.payload("input", b.input());
      out.tags(b.tags());
      writeParent(out, b.parent());
      out.time("scheduledStart", b.scheduledStart());
      if (b.generation() != 0) {
        out.number("generation", b.generation());
      }
    } else if (body instanceof ExecutionCompleted b) {
      out.text("status", b.status().name());
      out.payload("result", b.result());
      out.failure("failure", b.failure());
    } else if (body instanceof ExecutionTerminated b) {
      out.text("reason", b.reason());
      out.flag("recursive", b.recursive());
    } else if (body instanceof ExecutionSuspended b) {
      out.text("reason", b.reason());
    } else if (body instanceof ExecutionResumed b) {
      out.text("reason", b.reason());
    } else if (body instanceof ExecutionRewound b) {
      out.text("reason", b.reason());
    } else if (body instanceof TaskScheduled b) {
      out.text("name", b.name());
      out.text("version", b.version());
      out.payload("input", b.input());
      out.tags(b.tags());
      out.text("timeout", b.timeout() == null ? null : b.timeout().toString());
      out.number("firstAttempt", b.firstAttempt());
      out.flag("inline", b.inline());
    } else if (body instanceof TaskCompleted b) {
      out.number("task", b.taskScheduledId());
      out.id("answers", b.answers());
      out.payload("result", b.result());
    } else if (body instanceof TaskFailed b) {
      out.number("task", b.taskScheduledId());
      out.id("answers", b.answers());
      out.failure("failure", b.failure());
    } else if (body instanceof SubOrchestrationCreated b) {
      out.text("name", b.name());
      out.text("version", b.version());
      out.text("instance", b.instance().value());
      out.payload("input", b.input());
      out.tags(b.tags());
    } else if (body instanceof SubOrchestrationCompleted b) {
      out.number("task", b.taskScheduledId());
      out.id("answers", b.answers());
      out.payload("result", b.result());
    } else if (body instanceof SubOrchestrationFailed b) {
      out.number("task", b.taskScheduledId());
      out.id("answers", b.answers());
      out.failure("failure", b.failure());
    } else if (body instanceof TimerCreated b) {
      out.time("fireAt", b.fireAt());
    } else if (body instanceof TimerFired b) {
      out.number("timer", b.timerId());
      out.time("fireAt", b.fireAt());
    } else if (body instanceof EventSent b) {
      out.text("instance", b.instance().value());
      out.text("name", b.name());
      out.payload("input", b.input());
    } else if (body instanceof EventRaised b) {
      out.text("name", b.name());
      out.payload("input", b.input());
    } else if (body instanceof GenericEvent b) {
      out.text("data", b.data());
    } else if (body instanceof HistoryState b) {
      out.text("state", b.state());
    } else if (!(body instanceof OrchestratorStarted) && !(body instanceof OrchestratorCompleted)) {
      throw new DurableException("No JSON form for " + body.kind());
    }
  }

  static HistoryEvent read(Members m) throws IOException {
    return new HistoryEvent(
        m.number("id", HistoryEvent.NO_ACTION), m.needTime("at"), m.id("message"), readBody(m));
  }

  private static EventBody readBody(Members m) throws IOException {
    String kind = m.need("kind");
    return switch (kind) {
      case "ExecutionStarted" ->
          new ExecutionStarted(
              new InstanceId(m.need("instance")),
              new ExecutionId(m.need("execution")),
              m.need("name"),
              m.need("version"),
              m.payload("input"),
              m.tags(),
              readParent(m),
              m.time("scheduledStart"),
              m.number("generation", 0));
      case "ExecutionCompleted" ->
          new ExecutionCompleted(
              OrchestrationStatus.valueOf(m.need("status")),
              m.payload("result"),
              m.failure("failure"));
      case "ExecutionTerminated" -> new ExecutionTerminated(m.text("reason"), m.flag("recursive"));
      case "ExecutionSuspended" -> new ExecutionSuspended(m.text("reason"));
      case "ExecutionResumed" -> new ExecutionResumed(m.text("reason"));
      case "ExecutionRewound" -> new ExecutionRewound(m.text("reason"));
      case "TaskScheduled" -> {
        String timeout = m.text("timeout");
        yield new TaskScheduled(
            m.need("name"),
            m.need("version"),
            m.payload("input"),
            m.tags(),
            timeout == null ? null : Duration.parse(timeout),
            m.number("firstAttempt", m.number("id", HistoryEvent.NO_ACTION)),
            m.flag("inline"));
      }
      case "TaskCompleted" -> new TaskCompleted(task(m), m.id("answers"), m.payload("result"));
      case "TaskFailed" -> new TaskFailed(task(m), m.id("answers"), needFailure(m));
      case "SubOrchestrationCreated" ->
          new SubOrchestrationCreated(
              m.need("name"),
              m.need("version"),
              new InstanceId(m.need("instance")),
              m.payload("input"),
              m.tags());
      case "SubOrchestrationCompleted" ->
          new SubOrchestrationCompleted(task(m), m.id("answers"), m.payload("result"));
      case "SubOrchestrationFailed" ->
          new SubOrchestrationFailed(task(m), m.id("answers"), needFailure(m));
      case "TimerCreated" -> new TimerCreated(m.needTime("fireAt"));
      case "TimerFired" -> new TimerFired(m.number("timer", -1), m.needTime("fireAt"));
      case "OrchestratorStarted" -> new OrchestratorStarted();
      case "OrchestratorCompleted" -> new OrchestratorCompleted();
      case "EventSent" ->
          new EventSent(new InstanceId(m.need("instance")), m.need("name"), m.payload("input"));
      case "EventRaised" -> new EventRaised(m.need("name"), m.payload("input"));
      case "GenericEvent" -> new GenericEvent(m.text("data"));
      case "HistoryState" -> new HistoryState(m.text("state"));
      default -> new Unknown(kind, m.has("body") ? m.json("body") : m.json());
    };
  }

  private static int task(Members m) {
    return m.number("task", -1);
  }

  private static FailureDetails needFailure(Members m) {
    FailureDetails f = m.failure("failure");
    return f != null ? f : FailureDetails.of("Unknown", "", false);
  }

  static void writeParent(JsonOut out, @Nullable ParentLink p) throws IOException {
    if (p != null) {
      out.begin("parent");
      out.text("instance", p.instance().value());
      out.text("execution", p.execution().value());
      out.text("name", p.name());
      out.number("task", p.taskScheduledId());
      out.id("request", p.request());
      out.id("retryOf", p.retryOf());
      out.end();
    }
  }

  static @Nullable ParentLink readParent(Members m) {
    Members p = m.object("parent");
    return p == null
        ? null
        : new ParentLink(
            new InstanceId(p.need("instance")),
            new ExecutionId(p.need("execution")),
            p.need("name"),
            task(p),
            p.id("request"),
            p.id("retryOf"));
  }
}
