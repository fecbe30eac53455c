package io.durable4j.azurestorage.format;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.*;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The members of each kind of event, in the family's order, and what this engine adds. */
final class EventWriter {
  private static final String TRACE = "ParentTraceContext";

  private EventWriter() {}

  /** What stands before the kind. */
  static void head(EventOut out, EventBody body) throws IOException {
    if (body instanceof ExecutionStarted b) {
      out.instance("OrchestrationInstance", new Address(b.instance(), b.execution()));
    }
  }

  /** What stands behind the kind. */
  static void write(EventOut out, int eventId, EventBody body) throws IOException {
    if (body instanceof ExecutionStarted b) {
      started(out, b);
    } else if (body instanceof ExecutionCompleted b) {
      out.status("OrchestrationStatus", b.status());
      out.payload("Result", b.result());
      out.failure("FailureDetails", b.failure());
    } else if (body instanceof ExecutionTerminated b) {
      out.text("Input", b.reason());
      out.extraFlag(Extras.RECURSIVE, b.recursive());
    } else if (body instanceof ExecutionSuspended b) {
      out.text("Reason", b.reason());
    } else if (body instanceof ExecutionResumed b) {
      out.text("Reason", b.reason());
    } else if (body instanceof ExecutionRewound b) {
      out.text("Reason", b.reason());
    } else if (body instanceof TaskScheduled b) {
      scheduled(out, eventId, b);
    } else if (body instanceof TaskCompleted b) {
      out.number("TaskScheduledId", b.taskScheduledId());
      out.payload("Result", b.result());
      out.id(Extras.ANSWERS, b.answers());
    } else if (body instanceof TaskFailed b) {
      failed(out, b.taskScheduledId(), b.answers(), b.failure());
    } else if (body instanceof SubOrchestrationCreated b) {
      out.text("Name", b.name());
      out.text("Version", b.version());
      out.text("InstanceId", b.instance().value());
      out.payload("Input", b.input());
      out.text("ClientSpanId", null);
      out.tags("Tags", b.tags());
    } else if (body instanceof SubOrchestrationCompleted b) {
      out.number("TaskScheduledId", b.taskScheduledId());
      out.payload("Result", b.result());
      out.id(Extras.ANSWERS, b.answers());
    } else if (body instanceof SubOrchestrationFailed b) {
      failed(out, b.taskScheduledId(), b.answers(), b.failure());
    } else if (body instanceof TimerCreated b) {
      out.time("FireAt", b.fireAt());
    } else if (body instanceof TimerFired b) {
      out.number("TimerId", b.timerId());
      out.time("FireAt", b.fireAt());
    } else if (body instanceof EventSent b) {
      out.text("InstanceId", b.instance().value());
      out.text("Name", b.name());
      out.payload("Input", b.input());
    } else if (body instanceof EventRaised b) {
      out.text("Name", b.name());
      out.payload("Input", b.input());
      out.noObject(TRACE);
    } else if (body instanceof GenericEvent b) {
      out.text("Data", b.data());
    } else if (body instanceof HistoryState b) {
      out.text("State", b.state());
    }
  }

  private static void started(EventOut out, ExecutionStarted b) throws IOException {
    out.parent("ParentInstance", b.parent());
    out.text("Name", b.name());
    out.text("Version", b.version());
    out.payload("Input", b.input());
    out.tags("Tags", b.tags());
    out.text("Correlation", null);
    out.noObject(TRACE);
    out.time("ScheduledStartTime", b.scheduledStart());
    out.number("Generation", b.generation());
    out.flag("GenerateNewTrace", false);
  }

  private static void scheduled(EventOut out, int eventId, TaskScheduled b) throws IOException {
    out.text("Name", b.name());
    out.text("Version", b.version());
    out.payload("Input", b.input());
    out.noObject(TRACE);
    out.tags("Tags", b.tags());
    Duration timeout = b.timeout();
    out.extra(Extras.TIMEOUT, timeout);
    if (b.firstAttempt() != eventId) {
      out.number(Extras.FIRST_ATTEMPT, b.firstAttempt());
    }
    out.extraFlag(Extras.INLINE, b.inline());
  }

  private static void failed(
      EventOut out, int task, @Nullable MessageId answers, FailureDetails failure)
      throws IOException {
    out.number("TaskScheduledId", task);
    out.text("Reason", failure.message());
    out.text("Details", null);
    out.failure("FailureDetails", failure);
    out.id(Extras.ANSWERS, answers);
  }
}
