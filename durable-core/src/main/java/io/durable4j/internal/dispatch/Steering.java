package io.durable4j.internal.dispatch;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the messages of those who steer an instance mean for its turn, and for its children. */
final class Steering {
  private Steering() {}

  /** A request to end; one that means the children too goes before one that does not. */
  static @Nullable ExecutionTerminated terminated(List<Arrival> accepted) {
    ExecutionTerminated found = null;
    for (Arrival a : accepted) {
      if (a.message().event().body() instanceof ExecutionTerminated t
          && (found == null || (t.recursive() && !found.recursive()))) {
        found = t;
      }
    }
    return found;
  }

  static @Nullable Message rewound(List<Arrival> accepted) {
    for (Arrival a : accepted) {
      if (a.message().event().body() instanceof ExecutionRewound) {
        return a.message();
      }
    }
    return null;
  }

  /** The turn of a finished instance that only hands a request to end on to its children. */
  static TurnPlan handedOn(
      Ground ground, ExecutionTerminated t, Function<InstanceId, QueueId> queues) {
    return new TurnPlan(
        new HistoryChange.Append(List.of()),
        ground.state(),
        toChildren(ground, t, queues),
        Set.of());
  }

  /** The plan with the request to end for each child, if these are meant. */
  static TurnPlan withChildren(
      TurnPlan plan, Ground ground, ExecutionTerminated t, Function<InstanceId, QueueId> queues) {
    List<Outbound> all = new ArrayList<>(plan.outbound());
    all.addAll(toChildren(ground, t, queues));
    return new TurnPlan(plan.history(), plan.next(), all, plan.retract());
  }

  /** Children that have ended get it as well, since they may have children that have not. */
  private static List<Outbound> toChildren(
      Ground ground, ExecutionTerminated t, Function<InstanceId, QueueId> queues) {
    if (!t.recursive()) {
      return List.of();
    }
    return ground.index().children().instances().stream()
        .map(c -> toChild(ground, c, t, "terminate", queues))
        .toList();
  }

  /**
   * A message of a parent. It names the parent, so that an instance of the id that is not its child
   * is spared; it is the same each time that this turn is run.
   */
  private static Outbound toChild(
      Ground ground,
      InstanceId child,
      EventBody body,
      String what,
      Function<InstanceId, QueueId> queues) {
    InstanceState state = ground.state();
    Instant now = ground.clock();
    List<MessageId> causes = ground.accepted().stream().map(a -> a.message().id()).toList();
    MessageId id = MessageId.derived(what, state.execution(), child, causes);
    Message message =
        new Message(
            new Address(child, null),
            new Address(state.id(), state.execution()),
            HistoryEvent.of(now, id, body));
    return new Outbound(message, queues.apply(child), now, false);
  }

  /** A plan that was made on the ground of a rewind, as the change of what is really stored. */
  static TurnPlan rewritten(
      TurnPlan plan, Ground ground, OtherInstances others, Function<InstanceId, QueueId> queues) {
    Rewind rewind = ground.rewind();
    if (rewind == null || plan.history().events().isEmpty()) {
      return plan;
    }
    List<HistoryEvent> events = new ArrayList<>(rewind.past());
    events.addAll(plan.history().events());
    List<Outbound> outbound = new ArrayList<>();
    if (!plan.next().status().isTerminal()) {
      List<HistoryEvent> again = LocksAgain.atOnce(plan, rewind.again());
      outbound.addAll(TurnPlan.outbound(ground, again, plan.retract(), true));
      outbound.addAll(
          others.messages(ground.state(), rewind.formerIndex(), rewind.again(), ground.clock()));
      outbound.addAll(others.startsAgain(ground, rewind));
      for (InstanceId child : rewind.children()) {
        EventBody body = new ExecutionRewound("its parent was rewound");
        outbound.add(toChild(ground, child, body, "rewind", queues));
      }
    }
    outbound.addAll(plan.outbound());
    Set<MessageId> retract = new LinkedHashSet<>(plan.retract());
    retract.addAll(rewind.retract());
    return new TurnPlan(new HistoryChange.Rewrite(events), plan.next(), outbound, retract);
  }
}
