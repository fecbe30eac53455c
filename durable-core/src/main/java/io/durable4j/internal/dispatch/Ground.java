package io.durable4j.internal.dispatch;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.inbox.InboxIndex;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.Memo;
import io.durable4j.internal.session.Session;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The facts that the plan of a turn starts from. Immutable. */
final class Ground {
  private final Stored stored;
  private final InboxIndex index;
  private final QueueId controlQueue;
  private final List<Arrival> accepted;
  private final Instant clock;
  private final @Nullable Rewind rewind;
  private final List<HistoryEvent> fresh;

  /**
   * The ground of a turn.
   *
   * @param stored the instance as of the newest commit; its history may have been let go of
   * @param index of its history
   * @param controlQueue its queue
   * @param accepted what arrived and goes into its history
   * @param clock the turn's time
   */
  Ground(
      Stored stored,
      InboxIndex index,
      QueueId controlQueue,
      List<Arrival> accepted,
      Instant clock) {
    this(stored, index, controlQueue, accepted, clock, null);
  }

  private Ground(
      Stored stored,
      InboxIndex index,
      QueueId controlQueue,
      List<Arrival> accepted,
      Instant clock,
      @Nullable Rewind rewind) {
    this.stored = stored;
    this.index = index;
    this.controlQueue = controlQueue;
    this.accepted = accepted;
    this.clock = clock;
    this.rewind = rewind;
    this.fresh = accepted.isEmpty() ? List.of() : fresh(accepted, clock, rewind);
  }

  /** What a session knows, and what is new. */
  static Ground of(Session session, QueueId controlQueue, List<Arrival> accepted, Instant clock) {
    return new Ground(session.stored(), session.inbox(), controlQueue, accepted, clock);
  }

  private static List<HistoryEvent> fresh(
      List<Arrival> accepted, Instant clock, @Nullable Rewind rewind) {
    List<HistoryEvent> events = new ArrayList<>(accepted.size() + 1);
    events.add(HistoryEvent.of(clock, null, new OrchestratorStarted()));
    if (rewind != null) {
      rewind.arrivals().forEach(e -> events.add(e.at(clock)));
    }
    for (Arrival a : accepted) {
      if (!(a.message().event().body() instanceof GenericEvent)) {
        events.add(a.message().event().at(clock));
      }
    }
    return Collections.unmodifiableList(events);
  }

  /** The same instance as it was before its failure. */
  Ground rewound(MessageId cause) {
    Rewind back = Rewind.of(stored.history(), cause);
    Stored then =
        new Stored(
            stored.state(), back.past(), stored.version(), stored.lastCommit(), stored.mayReturn());
    return new Ground(then, new InboxIndex(then), controlQueue, accepted, clock, back);
  }

  Stored stored() {
    return stored;
  }

  /** What the history says, also where that was let go of. */
  InboxIndex index() {
    return index;
  }

  QueueId controlQueue() {
    return controlQueue;
  }

  List<Arrival> accepted() {
    return accepted;
  }

  Instant clock() {
    return clock;
  }

  /** What a rewind undoes; null in a turn that is none. */
  @Nullable Rewind rewind() {
    return rewind;
  }

  InstanceState state() {
    return Objects.requireNonNull(stored.state());
  }

  /** The new events from outside; none where a generation goes on in the turn of the former. */
  List<HistoryEvent> fresh() {
    return fresh;
  }

  /** The episode that runs now: what no code has seen yet behind what was committed with code. */
  EpisodeInput episode(EpisodeInput.Rules rules, @Nullable Memo memo) {
    List<HistoryEvent> history = stored.history();
    int seen = history.size() - index.unseen().size();
    List<HistoryEvent> past = seen < history.size() ? history.subList(0, seen) : history;
    InstanceState state = state();
    return new EpisodeInput(state.id(), state.execution(), past, unseen(), rules, memo);
  }

  /** What no code has seen yet. */
  List<HistoryEvent> unseen() {
    if (index.unseen().isEmpty()) {
      return fresh;
    }
    List<HistoryEvent> all = new ArrayList<>(index.unseen());
    all.addAll(fresh);
    return all;
  }

  /** Whether it is suspended once the arrivals are in. */
  boolean isSuspended() {
    boolean suspended = state().status() == OrchestrationStatus.SUSPENDED;
    for (Arrival a : accepted) {
      EventBody body = a.message().event().body();
      suspended =
          body instanceof ExecutionSuspended || (suspended && !(body instanceof ExecutionResumed));
    }
    return suspended;
  }

  /** Whether its start has come. */
  boolean isStarted() {
    return index.isStarted() || hasStart(fresh);
  }

  private static boolean hasStart(List<HistoryEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).body() instanceof ExecutionStarted) {
        return true;
      }
    }
    return false;
  }
}
