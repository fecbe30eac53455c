package io.durable4j.internal.dispatch;

import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.message.Message;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Stored;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The creation of an instance that another instance started: it comes to be with the commit of its
 * first turn, under the version of what was there before, which is nothing, or the former attempt
 * of the same call.
 */
final class Birth {
  private Birth() {}

  /**
   * What the turn goes on.
   *
   * @return the instance as it would be stored were it created by a client; null when none of the
   *     arrivals creates it
   */
  static @Nullable Stored of(Stored stored, List<Arrival> arrivals, Instant now) {
    InstanceState old = stored.state();
    for (Arrival a : arrivals) {
      Message m = a.message();
      if (m.from() != null
          && m.event().body() instanceof ExecutionStarted start
          && !stored.mayReturn().contains(m.id())
          && (old == null || isFormerAttempt(old, start))) {
        InstanceState born = born(start, old, now);
        return new Stored(
            born, List.of(), stored.version(), stored.lastCommit(), stored.mayReturn());
      }
    }
    return null;
  }

  private static boolean isFormerAttempt(InstanceState old, ExecutionStarted start) {
    ParentLink link = start.parent();
    ParentLink former = old.start().parent();
    return link != null
        && link.retryOf() != null
        && former != null
        && old.status().isTerminal()
        && link.retryOf().equals(former.request());
  }

  private static InstanceState born(
      ExecutionStarted start, @Nullable InstanceState old, Instant now) {
    InstanceState.Start first =
        new InstanceState.Start(
            start.name(),
            start.version(),
            start.input(),
            start.tags(),
            start.parent(),
            now,
            start.scheduledStart(),
            old == null ? 0 : old.start().generation() + 1);
    return new InstanceState(
        start.instance(),
        start.execution(),
        first,
        InstanceState.Progress.of(OrchestrationStatus.PENDING, now),
        old == null ? List.of() : old.consumed());
  }

  /** The first history of a further attempt takes the place of the former attempt's. */
  static HistoryChange change(Ground basis, HistoryChange planned) {
    ParentLink parent = basis.state().start().parent();
    return parent != null && parent.retryOf() != null && basis.index().events() == 0
        ? new HistoryChange.Restart(planned.events())
        : planned;
  }
}
