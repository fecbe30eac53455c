package io.durable4j.azurestorage.format;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.*;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of its members; what is missing from older writers gets a plain value. */
final class EventReader {
  private EventReader() {}

  static EventBody read(EventIn in, String kind, int eventId) {
    return switch (kind) {
      case "ExecutionStarted" -> started(in);
      case "ExecutionCompleted" -> completed(in, OrchestrationStatus.COMPLETED);
      case Family.CONTINUE_AS_NEW -> completed(in, OrchestrationStatus.CONTINUED_AS_NEW);
      case "ExecutionTerminated" ->
          new ExecutionTerminated(in.text("Input"), in.flag(Extras.RECURSIVE));
      case "ExecutionSuspended" -> new ExecutionSuspended(in.text("Reason"));
      case "ExecutionResumed" -> new ExecutionResumed(in.text("Reason"));
      case "ExecutionRewound" -> new ExecutionRewound(in.text("Reason"));
      case "TaskScheduled" -> scheduled(in, eventId);
      case "TaskCompleted" ->
          new TaskCompleted(task(in), in.id(Extras.ANSWERS), in.payload("Result"));
      case "TaskFailed" -> new TaskFailed(task(in), in.id(Extras.ANSWERS), failure(in));
      case "SubOrchestrationInstanceCreated" ->
          new SubOrchestrationCreated(
              in.need("Name"),
              in.textOr("Version", ""),
              new InstanceId(in.need("InstanceId")),
              in.payload("Input"),
              in.tags("Tags"));
      case "SubOrchestrationInstanceCompleted" ->
          new SubOrchestrationCompleted(task(in), in.id(Extras.ANSWERS), in.payload("Result"));
      case "SubOrchestrationInstanceFailed" ->
          new SubOrchestrationFailed(task(in), in.id(Extras.ANSWERS), failure(in));
      case "TimerCreated" -> new TimerCreated(in.needTime("FireAt"));
      case "TimerFired" -> new TimerFired(in.number("TimerId", -1), in.needTime("FireAt"));
      case "OrchestratorStarted" -> new OrchestratorStarted();
      case "OrchestratorCompleted" -> new OrchestratorCompleted();
      case "EventSent" ->
          new EventSent(
              new InstanceId(in.need("InstanceId")), in.need("Name"), in.payload("Input"));
      case "EventRaised" -> new EventRaised(in.need("Name"), in.payload("Input"));
      case "GenericEvent" -> generic(in);
      case "HistoryState" -> new HistoryState(in.text("State"));
      default -> new Unknown(kind, in.body());
    };
  }

  private static EventBody started(EventIn in) {
    Address self = EventIn.needed("OrchestrationInstance", in.instance("OrchestrationInstance"));
    ExecutionId execution = self.execution();
    return new ExecutionStarted(
        self.instance(),
        execution == null ? new ExecutionId("") : execution,
        in.need("Name"),
        in.textOr("Version", ""),
        in.payload("Input"),
        in.tags("Tags"),
        in.parent("ParentInstance"),
        in.time("ScheduledStartTime"),
        in.number("Generation", 0));
  }

  private static EventBody completed(EventIn in, OrchestrationStatus absent) {
    OrchestrationStatus status = in.status("OrchestrationStatus");
    return new ExecutionCompleted(
        status == null ? absent : status, in.payload("Result"), in.failure("FailureDetails"));
  }

  private static EventBody scheduled(EventIn in, int eventId) {
    String timeout = in.text(Extras.TIMEOUT);
    Map<String, String> tags = in.tags("Tags");
    return new TaskScheduled(
        in.need("Name"),
        in.textOr("Version", ""),
        in.payload("Input"),
        tags,
        timeout == null ? null : Duration.parse(timeout),
        in.number(Extras.FIRST_ATTEMPT, eventId),
        in.flag(Extras.INLINE));
  }

  private static int task(EventIn in) {
    return in.number("TaskScheduledId", -1);
  }

  /** Older engines give a reason and details only. */
  private static FailureDetails failure(EventIn in) {
    FailureDetails failure = in.failure("FailureDetails");
    return failure != null
        ? failure
        : new FailureDetails(
            "Unknown", in.textOr("Reason", ""), in.text("Details"), null, false, Map.of());
  }

  /** What a rewind of the family made of a failure says so in its reason. */
  private static EventBody generic(EventIn in) {
    @Nullable String data = in.text("Data");
    return new GenericEvent(data == null ? in.text("Reason") : data);
  }
}
