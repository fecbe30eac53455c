package io.durable4j.internal.dispatch;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.entity.EntityBatch;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Outgoing;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to its entity in storage: a new execution takes the place of the former one, in
 * the family's form, and what the batch sent goes out.
 */
final class EntityPlans {
  private final Function<InstanceId, QueueId> queues;
  private final @Nullable Duration maxDelay;
  private final boolean atomic;

  EntityPlans(Function<InstanceId, QueueId> queues, Capabilities capabilities) {
    this.queues = queues;
    this.maxDelay = capabilities.maxDelay();
    this.atomic = capabilities.atomic();
  }

  /** An entity of which nothing is stored yet. */
  InstanceState born(InstanceId id, UUID execution, Instant now) {
    return new InstanceState(
        id,
        ExecutionId.of(execution),
        start(id, EntityJson.encode(Scheduler.NEW), now),
        Progress.of(OrchestrationStatus.RUNNING, now),
        List.of());
  }

  private static InstanceState.Start start(InstanceId id, Payload input, Instant createdAt) {
    return new InstanceState.Start(id.value(), "", input, Map.of(), null, createdAt, null, 0);
  }

  TurnPlan plan(InstanceState before, Ground ground, EntityBatch.Effects effects) {
    Instant clock = ground.clock();
    InstanceId id = before.id();
    InstanceState next =
        new InstanceState(
            id,
            before.execution().next(),
            start(id, EntityJson.encode(effects.after()), before.start().createdAt()),
            new Progress(
                OrchestrationStatus.RUNNING,
                clock,
                null,
                null,
                null,
                EntityJson.status(effects.after()),
                List.of(),
                null),
            consumed(before.consumed(), ground.accepted()));
    List<Outbound> outbound = new ArrayList<>(effects.out().size() + 1);
    for (Outgoing out : effects.out()) {
      outbound.add(outbound(next, out, clock));
    }
    if (effects.goOn()) {
      // another than one that this turn consumes, which a former try of it may have sent
      List<MessageId> came = ground.accepted().stream().map(m -> m.message().id()).toList();
      MessageId nudge = MessageId.derived("continue", id, next.execution(), came);
      outbound.add(send(next, new Address(id, null), nudge, EntityEvents.nudge(), clock, clock));
    }
    return new TurnPlan(new HistoryChange.Restart(history(next, clock)), next, outbound, Set.of());
  }

  private static List<HistoryEvent> history(InstanceState state, Instant clock) {
    ExecutionStarted started =
        new ExecutionStarted(
            state.id(),
            state.execution(),
            state.name(),
            "",
            state.start().input(),
            Map.of(),
            null,
            null,
            0);
    return List.of(
        HistoryEvent.of(clock, null, new OrchestratorStarted()),
        HistoryEvent.of(clock, TurnPlan.startOf(state), started),
        HistoryEvent.of(clock, null, new OrchestratorCompleted()));
  }

  /** What is sent has the same id however often its request is served. */
  private Outbound outbound(InstanceState self, Outgoing out, Instant clock) {
    MessageId id = MessageId.derived("entity", self.id(), out.identity());
    if (out.body() instanceof SubOrchestrationCreated s) {
      ExecutionStarted start = OtherInstances.start(id, s, null);
      Address child = new Address(start.instance(), start.execution());
      return send(self, child, id, start, clock, clock);
    }
    Instant due = out.due();
    return send(self, out.to(), id, out.body(), clock, due == null ? clock : capped(due, clock));
  }

  private Instant capped(Instant due, Instant clock) {
    Instant latest = maxDelay == null ? due : clock.plus(maxDelay);
    return due.isBefore(latest) ? due : latest;
  }

  private Outbound send(
      InstanceState self,
      Address to,
      MessageId id,
      EventBody body,
      Instant clock,
      Instant visibleAt) {
    Address from = new Address(self.id(), self.execution());
    Message message = new Message(to, from, HistoryEvent.of(clock, id, body));
    return new Outbound(message, queues.apply(to.instance()), visibleAt, false);
  }

  /**
   * The newest ids of messages that have no place in an order by which repeats of them would be
   * known. Where commits are not atomic that is any: a turn that comes again sends under another
   * time what it has sent before.
   */
  private List<MessageId> consumed(List<MessageId> before, List<Arrival> accepted) {
    List<MessageId> ids = new ArrayList<>(before);
    for (Arrival a : accepted) {
      Message m = a.message();
      boolean ordered =
          atomic
              && m.from() != null
              && !EntityEvents.isEntity(m.from().instance())
              && m.event().body() instanceof EventRaised e
              && e.name().equals("op");
      boolean release = m.event().body() instanceof EventRaised e && e.name().equals("release");
      if (!ordered && !release) {
        ids.add(m.id());
      }
    }
    int from = Math.max(0, ids.size() - InstanceState.MAX_CONSUMED);
    return ids.subList(from, ids.size());
  }
}
