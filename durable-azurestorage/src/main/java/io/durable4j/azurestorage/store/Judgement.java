package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.format.ShownRow.Mark;
import io.durable4j.azurestorage.format.StateText;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of two rows tells of an instance: the sentinel of its history, or the row of its own. They
 * are not written together. A commit writes the sentinel first, so that the other may be behind; a
 * creation writes only the other, so that the sentinel may be that of the execution before.
 */
final class Judgement {
  private Judgement() {}

  static Stand.Kind of(
      InstanceId id, @Nullable Head head, List<Row> rows, @Nullable ShownRow shown) {
    if (head == null ? HistoryRows.current(rows, null, null).isEmpty() : head.isWithoutState()) {
      return withoutHistory(head, shown);
    }
    return head == null || shown == null || !isCreatedSince(id, head, shown)
        ? Stand.Kind.BEGUN
        : Stand.Kind.CREATED;
  }

  /** The row alone tells, unless it is that of an execution that was removed, or none yet. */
  private static Stand.Kind withoutHistory(@Nullable Head head, @Nullable ShownRow shown) {
    if (shown == null || shown.mark() == Mark.BIRTH || shown.mark() == Mark.PURGE) {
      return Stand.Kind.NONE;
    }
    boolean removed =
        head != null && head.isPurged() && shown.execution().equals(head.sentinel().execution());
    return removed ? Stand.Kind.NONE : Stand.Kind.CREATED;
  }

  /** Whether the row is of an execution that came after that of the sentinel. */
  static boolean isCreatedSince(InstanceId id, Head head, ShownRow shown) {
    Sentinel sentinel = head.sentinel();
    ExecutionId stored = sentinel.execution();
    ExecutionId row = shown.execution();
    if (id.isEntity()
        || shown.mark() != Mark.NONE
        || stored.isOrContinues(row)
        || stored.equals(row.next())) {
      return false;
    }
    if (shown.status() == OrchestrationStatus.PENDING) {
      return true;
    }
    Sentinel.Ours ours = sentinel.ours();
    if (ours == null || !shown.isEnded()) {
      return false;
    }
    InstanceState state = StateText.read(ours.state(), null, null);
    return state.status().isTerminal() && shown.updatedAt().isAfter(state.progress().updatedAt());
  }
}
