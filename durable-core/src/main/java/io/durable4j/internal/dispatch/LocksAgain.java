package io.durable4j.internal.dispatch;

import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.OpenSections;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a rewound orchestration. Its failure gave them back, so that one which goes on
 * inside of a critical section has to get them again first: the engine asks for them, under new
 * ids, and until they are granted the code does not run, and no activity that was under way.
 *
 * <p>The ids are new in each attempt of the turn. Where a turn that is not committed may have sent
 * its requests, what they are granted is given back at once; under ids of that attempt the next one
 * would be taken for a repeat, or lose its locks to what is given back.
 */
final class LocksAgain {
  private LocksAgain() {}

  /**
   * The turn of a rewind into critical sections.
   *
   * @param ground the instance as it was before its failure
   * @param newId draws an id
   * @return the turn; null when it goes back to where no section is open
   */
  static @Nullable TurnPlan plan(
      Ground ground, Supplier<UUID> newId, Function<InstanceId, QueueId> queues) {
    List<Request> sections = OpenSections.of(ground.stored().history()).requests();
    if (sections.isEmpty()) {
      return null;
    }
    List<HistoryEvent> events = new ArrayList<>(ground.fresh());
    List<Outbound> requests = new ArrayList<>();
    for (Request section : sections) {
      MessageId lock = new MessageId(newId.get());
      String lockId = lock.value().toString();
      events.add(HistoryEvent.of(ground.clock(), null, OpenSections.again(section.id(), lockId)));
      requests.add(request(ground, section, lock, queues));
    }
    InstanceState state =
        (ground.isSuspended() ? TurnPlan.kept(ground) : TurnPlan.reopened(ground)).next();
    return new TurnPlan(new HistoryChange.Append(events), state, requests, Set.of());
  }

  private static Outbound request(
      Ground ground, Request section, MessageId lock, Function<InstanceId, QueueId> queues) {
    List<InstanceId> set = Objects.requireNonNull(section.lock()).set();
    Request again =
        new Request(
            section.id(),
            null,
            false,
            null,
            section.sender(),
            null,
            Request.Stamp.NONE,
            new Request.Lock(set, 0, lock.value().toString()));
    InstanceState state = ground.state();
    InstanceId first = set.get(0);
    Message message =
        new Message(
            new Address(first, null),
            new Address(state.id(), state.execution()),
            HistoryEvent.of(ground.clock(), lock, EntityEvents.raised(again)));
    return new Outbound(message, queues.apply(first), ground.clock(), false);
  }

  /** Whether the code has to wait for locks that were asked for again. */
  static boolean isAwaited(Ground ground) {
    OpenSections open = ground.index().sections();
    for (Arrival a : ground.accepted()) {
      open = open.with(a.message().event().body());
    }
    return open.awaitsLocksAgain();
  }

  /** What of the actions that are asked for again need not wait for locks. */
  static List<HistoryEvent> atOnce(TurnPlan plan, List<HistoryEvent> again) {
    return asksForLocks(plan.history().events())
        ? again.stream().filter(e -> !(e.body() instanceof TaskScheduled)).toList()
        : again;
  }

  /**
   * The first turn of the code since its locks were asked for again, with the activities that have
   * waited for them.
   */
  static TurnPlan withWork(TurnPlan plan, Ground ground) {
    boolean goesOn =
        !plan.next().status().isTerminal()
            && plan.next().execution().equals(ground.state().execution());
    if (!goesOn || !asksForLocks(ground.index().unseen())) {
      return plan;
    }
    List<HistoryEvent> all = new ArrayList<>(ground.stored().history());
    all.addAll(ground.fresh());
    Map<Integer, HistoryEvent> open = new LinkedHashMap<>();
    for (HistoryEvent e : all) {
      if (e.body() instanceof TaskScheduled) {
        open.put(e.eventId(), e);
      } else if (e.body() instanceof TaskCompleted t) {
        open.remove(t.taskScheduledId());
      } else if (e.body() instanceof TaskFailed t) {
        open.remove(t.taskScheduledId());
      }
    }
    List<Outbound> outbound =
        TurnPlan.outbound(ground, List.copyOf(open.values()), plan.retract(), false);
    outbound.addAll(plan.outbound());
    return new TurnPlan(plan.history(), plan.next(), outbound, plan.retract());
  }

  private static boolean asksForLocks(List<HistoryEvent> events) {
    for (HistoryEvent e : events) {
      if (e.body() instanceof GenericEvent g && OpenSections.isAgain(g)) {
        return true;
      }
    }
    return false;
  }
}
