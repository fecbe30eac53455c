package io.durable4j.internal.dispatch;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.inbox.InboxIndex;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one turn does to an instance: the new events, the state after it, the messages that go out
 * and those that nobody needs any more. A turn of a live instance either leaves it waiting for
 * something or sends a wake-up.
 *
 * @param history the change of the history
 * @param next the state after the turn
 * @param outbound the messages
 * @param retract messages that nobody needs any more
 */
record TurnPlan(
    HistoryChange history, InstanceState next, List<Outbound> outbound, Set<MessageId> retract) {
  private static final QueueId ACTIVITIES = QueueId.activity(0);

  /** A turn in which the orchestrator ran. */
  static TurnPlan of(Ground ground, EpisodeResult result) {
    List<HistoryEvent> events = room(ground, result.actions().size() + 2);
    events.addAll(result.actions());
    InstanceState state = ground.state();
    Payload customStatus = customStatus(state, result);
    if (result.end() instanceof EpisodeResult.Finished f) {
      return ended(ground, events, f.event(), customStatus);
    }
    events.add(HistoryEvent.of(ground.clock(), null, new OrchestratorCompleted()));
    List<Outbound> outbound = outbound(ground, result.actions(), result.withdrawn(), true);
    if (result.end() instanceof EpisodeResult.Waiting w && w.again()) {
      outbound.add(wakeUp(ground));
    }
    Progress progress =
        new Progress(
            OrchestrationStatus.RUNNING,
            ground.clock(),
            null,
            null,
            null,
            customStatus,
            result.awaitedEvents(),
            null);
    return new TurnPlan(
        new HistoryChange.Append(events), state.with(progress), outbound, result.withdrawn());
  }

  /** The new events from outside, with room for more. */
  private static List<HistoryEvent> room(Ground ground, int more) {
    List<HistoryEvent> events = new ArrayList<>(ground.fresh().size() + more);
    events.addAll(ground.fresh());
    return events;
  }

  static @Nullable Payload customStatus(InstanceState state, EpisodeResult result) {
    EpisodeResult.StatusChange change = result.customStatus();
    return change == null ? state.progress().customStatus() : change.value();
  }

  /**
   * A turn that only keeps what arrived: the instance is suspended, or has not started. Its turn
   * has no end in the history, so that the next one with code takes all of it for new.
   */
  static TurnPlan kept(Ground ground) {
    return kept(
        ground, ground.isSuspended() ? OrchestrationStatus.SUSPENDED : OrchestrationStatus.PENDING);
  }

  /** The same of an instance that has the given status then. */
  static TurnPlan kept(Ground ground, OrchestrationStatus status) {
    List<HistoryEvent> events = ground.fresh();
    InstanceState state = ground.state();
    Progress p = state.progress();
    Progress next =
        new Progress(
            status, ground.clock(), null, null, null, p.customStatus(), p.awaitedEvents(), null);
    return new TurnPlan(
        new HistoryChange.Append(events.size() > 1 ? events : List.of()),
        state.with(next),
        List.of(),
        Set.of());
  }

  /** A turn that opens a failed instance again and leaves its code to the next one. */
  static TurnPlan reopened(Ground ground) {
    Progress p = ground.state().progress();
    Progress next =
        new Progress(
            OrchestrationStatus.RUNNING,
            ground.clock(),
            null,
            null,
            null,
            p.customStatus(),
            List.of(),
            null);
    return new TurnPlan(
        new HistoryChange.Append(ground.fresh()),
        ground.state().with(next),
        List.of(wakeUp(ground)),
        Set.of());
  }

  /** A turn that ends the instance without asking its orchestrator. */
  static TurnPlan ended(Ground ground, ExecutionCompleted end) {
    List<HistoryEvent> events = room(ground, 2);
    events.add(new HistoryEvent(ground.index().nextAction(), ground.clock(), null, end));
    return ended(ground, events, end, ground.state().progress().customStatus());
  }

  private static TurnPlan ended(
      Ground ground,
      List<HistoryEvent> events,
      ExecutionCompleted end,
      @Nullable Payload customStatus) {
    events.add(HistoryEvent.of(ground.clock(), null, new OrchestratorCompleted()));
    Progress progress =
        new Progress(
            end.status(),
            ground.clock(),
            ground.clock(),
            end.result(),
            end.failure(),
            customStatus,
            List.of(),
            null);
    InstanceState state = ground.state();
    boolean asked = end.status() == OrchestrationStatus.TERMINATED;
    Set<MessageId> retract = unneeded(ground.index(), events, asked);
    retract.add(startOf(state));
    return new TurnPlan(
        new HistoryChange.Append(events),
        state.with(progress).withConsumed(consumed(ground.index(), events)),
        asked ? List.of() : outbound(ground, events, Set.of(), false),
        retract);
  }

  /** The id of an execution's start message. */
  static MessageId startOf(InstanceState state) {
    return MessageId.derived("start", state.execution());
  }

  /** A turn that only notes why the instance cannot go on. */
  static TurnPlan parked(InstanceState state, String why, Instant now) {
    Progress p = state.progress();
    InstanceState.Parked parked = new InstanceState.Parked(why, now);
    Progress next =
        new Progress(
            p.status(),
            now,
            p.completedAt(),
            p.output(),
            p.failure(),
            p.customStatus(),
            p.awaitedEvents(),
            parked);
    return new TurnPlan(new HistoryChange.Append(List.of()), state.with(next), List.of(), Set.of());
  }

  static List<Outbound> outbound(
      Ground ground, List<HistoryEvent> events, Set<MessageId> withdrawn, boolean timers) {
    List<Outbound> out = new ArrayList<>(2);
    InstanceState state = ground.state();
    Address self = new Address(state.id(), state.execution());
    for (HistoryEvent e : events) {
      MessageId id = e.message();
      if (id == null || withdrawn.contains(id)) {
        continue;
      }
      if (e.body() instanceof TaskScheduled) {
        out.add(new Outbound(new Message(self, self, e), ACTIVITIES, ground.clock(), true));
      } else if (e.body() instanceof TimerCreated t && timers) {
        HistoryEvent fired =
            HistoryEvent.of(ground.clock(), id, new TimerFired(e.eventId(), t.fireAt()));
        out.add(
            new Outbound(new Message(self, self, fired), ground.controlQueue(), t.fireAt(), false));
      }
    }
    return out;
  }

  /**
   * Its id differs from those that the turn consumes: one may be of a turn that sent it and was not
   * committed, and a store may take the new one for a repeat of it.
   */
  static Outbound wakeUp(Ground ground) {
    InstanceState state = ground.state();
    Address self = new Address(state.id(), state.execution());
    List<MessageId> consumed = ground.accepted().stream().map(a -> a.message().id()).toList();
    MessageId id =
        MessageId.derived("wake-up", state.execution(), ground.index().events(), consumed);
    HistoryEvent event = HistoryEvent.of(ground.clock(), id, new GenericEvent("wake-up"));
    return new Outbound(
        new Message(self, self, event), ground.controlQueue(), ground.clock(), false);
  }

  /** Timers, and on request activities, that were asked for and have not answered. */
  static Set<MessageId> unneeded(
      InboxIndex index, List<HistoryEvent> events, boolean activitiesToo) {
    List<HistoryEvent> all = new ArrayList<>(index.open());
    all.addAll(events);
    Map<Integer, MessageId> open = new LinkedHashMap<>();
    for (HistoryEvent e : all) {
      MessageId id = e.message();
      if (id != null
          && (e.body() instanceof TimerCreated
              || (activitiesToo && e.body() instanceof TaskScheduled))) {
        open.put(e.eventId(), id);
      } else if (e.body() instanceof TimerFired t) {
        open.remove(t.timerId());
      } else if (e.body() instanceof TaskCompleted t) {
        open.remove(t.taskScheduledId());
      } else if (e.body() instanceof TaskFailed t) {
        open.remove(t.taskScheduledId());
      }
    }
    return new LinkedHashSet<>(open.values());
  }

  /** The newest ids of messages that came from outside, so that a late repeat is known. */
  private static List<MessageId> consumed(InboxIndex index, List<HistoryEvent> events) {
    List<MessageId> ids = index.newest(InstanceState.MAX_CONSUMED);
    for (HistoryEvent e : events) {
      if (e.message() != null && !e.body().isAction()) {
        ids.add(e.message());
      }
    }
    int from = Math.max(0, ids.size() - InstanceState.MAX_CONSUMED);
    return ids.subList(from, ids.size());
  }

  /** The end of an instance that failed without its orchestrator's doing. */
  static ExecutionCompleted failed(FailureDetails why) {
    return new ExecutionCompleted(OrchestrationStatus.FAILED, null, why);
  }
}
