package io.durable4j.history;

import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The history of one execution, and whose it is: what a replay needs, and what a reader wants to
 * know first. Immutable. Its text is {@link io.durable4j.message.HistoryJson}'s.
 *
 * @param orchestrator the orchestrator's name; of an entity its kind
 * @param version the version, or empty
 * @param instance the instance
 * @param execution the execution
 * @param status where the execution is after these events
 * @param longestTimer the longest single timer of the backend, which longer ones were split by;
 *     null without a limit
 * @param events what happened, in order; none before the instance has begun
 */
public record RecordedHistory(
    String orchestrator,
    String version,
    InstanceId instance,
    ExecutionId execution,
    OrchestrationStatus status,
    @Nullable Duration longestTimer,
    List<HistoryEvent> events) {
  /** Copies the list, and refuses null. */
  public RecordedHistory {
    Objects.requireNonNull(orchestrator, "orchestrator");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(status, "status");
    events = List.copyOf(events);
  }

  /**
   * The history of a stored instance. Where the events tell what it is, they count and not the
   * state, which may be newer.
   *
   * @param state the instance
   * @param events the events of its execution
   * @param longestTimer the longest single timer of the backend; null without a limit
   * @return the history
   */
  public static RecordedHistory of(
      InstanceState state, List<HistoryEvent> events, @Nullable Duration longestTimer) {
    ExecutionStarted start = startOf(events);
    if (start == null) {
      return new RecordedHistory(
          state.name(),
          state.start().version(),
          state.id(),
          state.execution(),
          state.status(),
          longestTimer,
          events);
    }
    return of(start, events, longestTimer);
  }

  /**
   * The history that events with a start are.
   *
   * @param start their start
   * @param events the events
   * @param longestTimer the longest single timer of the backend; null without a limit
   * @return the history
   */
  public static RecordedHistory of(
      ExecutionStarted start, List<HistoryEvent> events, @Nullable Duration longestTimer) {
    return new RecordedHistory(
        start.name(),
        start.version(),
        start.instance(),
        start.execution(),
        statusAfter(events),
        longestTimer,
        events);
  }

  /**
   * The start with which a whole history begins: only what steers or is kept may have come before.
   *
   * @param events the events of an execution
   * @return the start; null when there is none, or code ran before it
   */
  public static @Nullable ExecutionStarted startOf(List<HistoryEvent> events) {
    for (HistoryEvent e : events) {
      if (e.body() instanceof ExecutionStarted s) {
        return s;
      } else if (e.body().isAction() || e.body() instanceof EventBody.OrchestratorCompleted) {
        return null;
      }
    }
    return null;
  }

  private static OrchestrationStatus statusAfter(List<HistoryEvent> events) {
    OrchestrationStatus status = OrchestrationStatus.RUNNING;
    for (HistoryEvent e : events) {
      if (e.body() instanceof ExecutionCompleted c) {
        return c.status();
      } else if (e.body() instanceof ExecutionSuspended) {
        status = OrchestrationStatus.SUSPENDED;
      } else if (e.body() instanceof ExecutionResumed) {
        status = OrchestrationStatus.RUNNING;
      }
    }
    return status;
  }
}
