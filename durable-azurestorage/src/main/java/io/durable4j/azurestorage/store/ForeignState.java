package io.durable4j.azurestorage.store;

import io.durable4j.data.DurableException;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.history.OrchestrationStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance that another engine of the family went on with: what its history tells,
 * and where that says nothing (custom status, tags of a start that was not recorded), what its own
 * row shows of the same execution. The other engine may have ended between the two.
 */
final class ForeignState {
  private ForeignState() {}

  @SuppressWarnings("NullAway") // it does not see that a parent may be null
  static InstanceState of(InstanceId id, List<HistoryEvent> events, @Nullable InstanceState shown) {
    ExecutionStarted started = null;
    ExecutionCompleted end = null;
    HistoryEvent last = null;
    Instant createdAt = Instant.EPOCH;
    OrchestrationStatus status = OrchestrationStatus.RUNNING;
    for (HistoryEvent e : events) {
      last = e;
      if (e.body() instanceof ExecutionStarted s) {
        started = s;
        createdAt = e.timestamp();
      } else if (e.body() instanceof ExecutionCompleted c) {
        end = c;
        status = c.status();
      } else if (e.body() instanceof ExecutionTerminated) {
        status = OrchestrationStatus.TERMINATED;
      } else if (e.body() instanceof ExecutionSuspended && !status.isTerminal()) {
        status = OrchestrationStatus.SUSPENDED;
      } else if (e.body() instanceof ExecutionResumed && !status.isTerminal()) {
        status = OrchestrationStatus.RUNNING;
      }
    }
    if (started == null || last == null) {
      if (shown == null) {
        throw new DurableException(
            "Damaged history of instance " + id + ": it has no start, and the instance no row");
      }
      return shown;
    }
    ExecutionId execution = started.execution();
    boolean same = shown != null && shown.execution().equals(execution);
    Start start =
        new Start(
            started.name(),
            started.version(),
            started.input(),
            started.tags(),
            started.parent(),
            shown == null ? createdAt : shown.start().createdAt(),
            started.scheduledStart(),
            // a generation that goes on from another tells none, and the row keeps the number
            Math.max(started.generation(), shown == null ? 0 : shown.start().generation()));
    Progress p =
        new Progress(
            status,
            last.timestamp(),
            status.isTerminal() ? last.timestamp() : null,
            end == null ? null : end.result(),
            end == null ? null : end.failure(),
            same ? shown.progress().customStatus() : null,
            List.of(),
            null);
    return new InstanceState(id, execution, start, p, shown == null ? List.of() : shown.consumed());
  }
}
