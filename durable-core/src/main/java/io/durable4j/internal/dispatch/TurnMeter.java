package io.durable4j.internal.dispatch;

import io.durable4j.history.InstanceState;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.EngineEvent.CommitResult;
import io.durable4j.internal.observe.EngineEvent.TurnResult;
import io.durable4j.spi.CommitOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures one turn, for those who observe. One thread. */
final class TurnMeter {
  private final Mailbox box;
  private final long begun;
  private @Nullable String name;

  TurnMeter(Mailbox box, long nanos) {
    this.box = box;
    this.begun = nanos;
  }

  /** The beginning of the turn. */
  EngineEvent started(List<Arrival> arrivals) {
    long oldest = begun;
    for (Arrival a : arrivals) {
      oldest = Math.min(oldest, a.sinceNanos());
    }
    return new EngineEvent.TurnStarted(box.instance(), arrivals.size(), begun - oldest);
  }

  void of(@Nullable InstanceState state) {
    name = state == null ? null : state.name();
  }

  void named(String kind) {
    name = kind;
  }

  /** The end of the turn; null when engine code threw outside of it. */
  EngineEvent ended(@Nullable TurnEnd end, long nanos) {
    return new EngineEvent.TurnEnded(box.instance(), name, nanos - begun, result(end));
  }

  private static TurnResult result(@Nullable TurnEnd end) {
    if (end instanceof TurnEnd.Done) {
      return TurnResult.DONE;
    } else if (end instanceof TurnEnd.Retry) {
      return TurnResult.RETRIED;
    } else if (end instanceof TurnEnd.Park) {
      return TurnResult.PARKED;
    }
    return end == null || end instanceof TurnEnd.Faulted ? TurnResult.BUG : TurnResult.GIVEN_BACK;
  }

  /** The end of a commit; null when storage did not answer. */
  static EngineEvent commit(Mailbox box, long nanos, @Nullable CommitOutcome outcome) {
    CommitResult result = CommitResult.UNKNOWN;
    if (outcome instanceof CommitOutcome.Committed) {
      result = CommitResult.COMMITTED;
    } else if (outcome instanceof CommitOutcome.Stale) {
      result = CommitResult.STALE;
    } else if (outcome instanceof CommitOutcome.Refused) {
      result = CommitResult.REFUSED;
    }
    return new EngineEvent.CommitEnded(box.instance(), nanos, result);
  }
}
