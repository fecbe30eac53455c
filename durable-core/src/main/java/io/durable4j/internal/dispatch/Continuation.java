package io.durable4j.internal.dispatch;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.inbox.InboxIndex;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.ContinuedAsNew;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From one generation to the next: what goes out of the old one, and the ground of the new one,
 * whose history is opened with its start and the events that go over, and has no end yet.
 *
 * @param next the ground of the next generation
 * @param outbound what the old one still asked for without waiting
 * @param retract what the old one waited for
 * @param ranStep whether the old one ended with a step, which must be durable before the next
 */
record Continuation(Ground next, List<Outbound> outbound, Set<MessageId> retract, boolean ranStep) {

  /** In nanoseconds: generations of one turn have clocks, and so generated ids, of their own. */
  private static final long TICK = 100;

  static Continuation of(Ground ground, EpisodeResult result, ContinuedAsNew end) {
    InstanceState old = ground.state();
    List<HistoryEvent> events = new ArrayList<>(ground.fresh());
    events.addAll(result.actions());
    Set<MessageId> retract = TurnPlan.unneeded(ground.index(), events, false);
    retract.addAll(result.withdrawn());
    retract.add(TurnPlan.startOf(old));
    Instant clock = ground.clock().plusNanos(TICK);
    InstanceState state =
        next(old, end, clock, TurnPlan.customStatus(old, result))
            .withConsumed(consumed(ground, events, end.carried()));
    Stored stored = ground.stored();
    Stored opened =
        new Stored(
            state,
            opening(state, end.carried(), clock),
            stored.version(),
            stored.lastCommit(),
            stored.mayReturn());
    return new Continuation(
        new Ground(opened, new InboxIndex(opened), ground.controlQueue(), List.of(), clock),
        TurnPlan.outbound(ground, result.actions(), result.withdrawn(), false),
        retract,
        result.actions().stream().anyMatch(e -> e.body() instanceof TaskScheduled t && t.inline()));
  }

  private static InstanceState next(
      InstanceState old, ContinuedAsNew end, Instant clock, @Nullable Payload customStatus) {
    InstanceState.Start s = old.start();
    String version = end.version();
    InstanceState.Start start =
        new InstanceState.Start(
            s.name(),
            version == null ? s.version() : version,
            end.input(),
            s.tags(),
            s.parent(),
            s.createdAt(),
            s.scheduledFor(),
            s.generation());
    InstanceState.Progress progress =
        new InstanceState.Progress(
            OrchestrationStatus.RUNNING, clock, null, null, null, customStatus, List.of(), null);
    ExecutionId execution = old.execution().next();
    return new InstanceState(old.id(), execution, start, progress, old.consumed());
  }

  private static List<HistoryEvent> opening(
      InstanceState state, List<HistoryEvent> carried, Instant clock) {
    InstanceState.Start s = state.start();
    ExecutionStarted started =
        new ExecutionStarted(
            state.id(),
            state.execution(),
            s.name(),
            s.version(),
            s.input(),
            s.tags(),
            s.parent(),
            null,
            s.generation());
    List<HistoryEvent> events = new ArrayList<>(carried.size() + 2);
    events.add(HistoryEvent.of(clock, null, new OrchestratorStarted()));
    events.add(HistoryEvent.of(clock, TurnPlan.startOf(state), started));
    carried.forEach(e -> events.add(e.at(clock)));
    return events;
  }

  /**
   * The newest ids of messages to whichever execution lives, but for those that go over: a late
   * repeat would be taken for new. What names its execution needs no memory.
   */
  private static List<MessageId> consumed(
      Ground ground, List<HistoryEvent> events, List<HistoryEvent> carried) {
    Set<MessageId> ids = new LinkedHashSet<>(ground.index().knownForAny());
    for (HistoryEvent e : events) {
      if (InboxIndex.isForAny(e.body()) && e.message() != null) {
        ids.add(e.message());
      }
    }
    carried.forEach(e -> ids.remove(e.message()));
    ids.removeAll(ground.state().consumed());
    List<MessageId> all = new ArrayList<>(ground.state().consumed());
    all.addAll(ids);
    return all.subList(Math.max(0, all.size() - InstanceState.MAX_CONSUMED), all.size());
  }
}
