package io.durable4j.message;

import static io.durable4j.message.Json.failure;
import static io.durable4j.message.Json.flag;
import static io.durable4j.message.Json.instant;
import static io.durable4j.message.Json.messageId;
import static io.durable4j.message.Json.need;
import static io.durable4j.message.Json.number;
import static io.durable4j.message.Json.payload;
import static io.durable4j.message.Json.string;
import static io.durable4j.message.Json.tags;
import static io.durable4j.message.Json.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event as a JSON object: {@code kind}, {@code id}, {@code at}, {@code message}, the body. */
final class EventJson {
  private EventJson() {}

  static void write(JsonGenerator g, HistoryEvent e) throws IOException {
    g.writeStartObject();
    g.writeStringField("kind", e.body().kind());
    if (e.eventId() != HistoryEvent.NO_ACTION) {
      g.writeNumberField("id", e.eventId());
    }
    text(g, "at", e.timestamp());
    text(g, "message", e.message());
    if (e.body() instanceof Unknown u) {
      g.writeFieldName("body");
      g.writeTree(Json.MAPPER.readTree(u.json()));
    } else {
      writeBody(g, e.body());
    }
    g.writeEndObject();
  }

  private static void writeBody(JsonGenerator g, EventBody body) throws IOException {
    if (body instanceof ExecutionStarted b) {
      text(g, "instance", b.instance());
      text(g, "execution", b.execution());
      text(g, "name", b.name());
      text(g, "version", b.version());
      payload(g, "input", b.input());
      tags(g, b.tags());
      writeParent(g, b.parent());
      text(g, "scheduledStart", b.scheduledStart());
      if (b.generation() != 0) {
        g.writeNumberField("generation", b.generation());
      }
    } else if (body instanceof ExecutionCompleted b) {
      text(g, "status", b.status());
      payload(g, "result", b.result());
      failure(g, "failure", b.failure());
    } else if (body instanceof ExecutionTerminated b) {
      text(g, "reason", b.reason());
      if (b.recursive()) {
        g.writeBooleanField("recursive", true);
      }
    } else if (body instanceof ExecutionSuspended b) {
      text(g, "reason", b.reason());
    } else if (body instanceof ExecutionResumed b) {
      text(g, "reason", b.reason());
    } else if (body instanceof ExecutionRewound b) {
      text(g, "reason", b.reason());
    } else if (body instanceof TaskScheduled b) {
      text(g, "name", b.name());
      text(g, "version", b.version());
      payload(g, "input", b.input());
      tags(g, b.tags());
      text(g, "timeout", b.timeout());
      g.writeNumberField("firstAttempt", b.firstAttempt());
      if (b.inline()) {
        g.writeBooleanField("inline", true);
      }
    } else if (body instanceof TaskCompleted b) {
      g.writeNumberField("task", b.taskScheduledId());
      text(g, "answers", b.answers());
      payload(g, "result", b.result());
    } else if (body instanceof TaskFailed b) {
      g.writeNumberField("task", b.taskScheduledId());
      text(g, "answers", b.answers());
      failure(g, "failure", b.failure());
    } else if (body instanceof SubOrchestrationCreated b) {
      text(g, "name", b.name());
      text(g, "version", b.version());
      text(g, "instance", b.instance());
      payload(g, "input", b.input());
      tags(g, b.tags());
    } else if (body instanceof SubOrchestrationCompleted b) {
      g.writeNumberField("task", b.taskScheduledId());
      text(g, "answers", b.answers());
      payload(g, "result", b.result());
    } else if (body instanceof SubOrchestrationFailed b) {
      g.writeNumberField("task", b.taskScheduledId());
      text(g, "answers", b.answers());
      failure(g, "failure", b.failure());
    } else if (body instanceof TimerCreated b) {
      text(g, "fireAt", b.fireAt());
    } else if (body instanceof TimerFired b) {
      g.writeNumberField("timer", b.timerId());
      text(g, "fireAt", b.fireAt());
    } else if (body instanceof EventSent b) {
      text(g, "instance", b.instance());
      text(g, "name", b.name());
      payload(g, "input", b.input());
    } else if (body instanceof EventRaised b) {
      text(g, "name", b.name());
      payload(g, "input", b.input());
    } else if (body instanceof GenericEvent b) {
      text(g, "data", b.data());
    } else if (body instanceof HistoryState b) {
      text(g, "state", b.state());
    } else if (!(body instanceof OrchestratorStarted) && !(body instanceof OrchestratorCompleted)) {
      throw new DurableException("No JSON form for " + body.kind());
    }
  }

  static HistoryEvent read(JsonNode n) throws IOException {
    Instant at = Objects.requireNonNull(instant(n, "at"), "at");
    return new HistoryEvent(
        number(n, "id", HistoryEvent.NO_ACTION), at, messageId(n, "message"), readBody(n));
  }

  private static EventBody readBody(JsonNode n) throws IOException {
    String kind = need(n, "kind");
    return switch (kind) {
      case "ExecutionStarted" ->
          new ExecutionStarted(
              new InstanceId(need(n, "instance")),
              new ExecutionId(need(n, "execution")),
              need(n, "name"),
              need(n, "version"),
              payload(n, "input"),
              tags(n),
              readParent(n),
              instant(n, "scheduledStart"),
              number(n, "generation", 0));
      case "ExecutionCompleted" ->
          new ExecutionCompleted(
              OrchestrationStatus.valueOf(need(n, "status")),
              payload(n, "result"),
              failure(n, "failure"));
      case "ExecutionTerminated" ->
          new ExecutionTerminated(string(n, "reason"), flag(n, "recursive"));
      case "ExecutionSuspended" -> new ExecutionSuspended(string(n, "reason"));
      case "ExecutionResumed" -> new ExecutionResumed(string(n, "reason"));
      case "ExecutionRewound" -> new ExecutionRewound(string(n, "reason"));
      case "TaskScheduled" -> {
        String timeout = string(n, "timeout");
        yield new TaskScheduled(
            need(n, "name"),
            need(n, "version"),
            payload(n, "input"),
            tags(n),
            timeout == null ? null : Duration.parse(timeout),
            number(n, "firstAttempt", number(n, "id", HistoryEvent.NO_ACTION)),
            flag(n, "inline"));
      }
      case "TaskCompleted" ->
          new TaskCompleted(task(n), messageId(n, "answers"), payload(n, "result"));
      case "TaskFailed" -> new TaskFailed(task(n), messageId(n, "answers"), needFailure(n));
      case "SubOrchestrationCreated" ->
          new SubOrchestrationCreated(
              need(n, "name"),
              need(n, "version"),
              new InstanceId(need(n, "instance")),
              payload(n, "input"),
              tags(n));
      case "SubOrchestrationCompleted" ->
          new SubOrchestrationCompleted(task(n), messageId(n, "answers"), payload(n, "result"));
      case "SubOrchestrationFailed" ->
          new SubOrchestrationFailed(task(n), messageId(n, "answers"), needFailure(n));
      case "TimerCreated" -> new TimerCreated(Instant.parse(need(n, "fireAt")));
      case "TimerFired" -> new TimerFired(number(n, "timer", -1), Instant.parse(need(n, "fireAt")));
      case "OrchestratorStarted" -> new OrchestratorStarted();
      case "OrchestratorCompleted" -> new OrchestratorCompleted();
      case "EventSent" ->
          new EventSent(new InstanceId(need(n, "instance")), need(n, "name"), payload(n, "input"));
      case "EventRaised" -> new EventRaised(need(n, "name"), payload(n, "input"));
      case "GenericEvent" -> new GenericEvent(string(n, "data"));
      case "HistoryState" -> new HistoryState(string(n, "state"));
      default -> new Unknown(kind, n.has("body") ? n.get("body").toString() : n.toString());
    };
  }

  private static int task(JsonNode n) {
    return number(n, "task", -1);
  }

  private static FailureDetails needFailure(JsonNode n) {
    FailureDetails f = failure(n, "failure");
    return f != null ? f : FailureDetails.of("Unknown", "", false);
  }

  static void writeParent(JsonGenerator g, @Nullable ParentLink p) throws IOException {
    if (p != null) {
      g.writeObjectFieldStart("parent");
      text(g, "instance", p.instance());
      text(g, "execution", p.execution());
      text(g, "name", p.name());
      g.writeNumberField("task", p.taskScheduledId());
      text(g, "request", p.request());
      text(g, "retryOf", p.retryOf());
      g.writeEndObject();
    }
  }

  static @Nullable ParentLink readParent(JsonNode n) {
    JsonNode p = n.get("parent");
    return p == null
        ? null
        : new ParentLink(
            new InstanceId(need(p, "instance")),
            new ExecutionId(need(p, "execution")),
            need(p, "name"),
            task(p),
            messageId(p, "request"),
            messageId(p, "retryOf"));
  }
}
