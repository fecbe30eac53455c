package io.durable4j.internal.dispatch;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.OpenSections;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.inbox.InboxIndex;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages from an instance to others: starts of children, events, and its end to its parent. Each
 * has an id that follows from what it is about, so that a repeat is known as one.
 */
final class OtherInstances {
  /** The type of the failure of a child that was not started, since its id is another's. */
  static final String INSTANCE_EXISTS = "InstanceExists";

  private final Function<InstanceId, QueueId> queues;
  private final @Nullable Duration maxDelay;

  /** {@code maxDelay} is the longest that storage holds a message back; null without a limit. */
  OtherInstances(Function<InstanceId, QueueId> queues, @Nullable Duration maxDelay) {
    this.queues = queues;
    this.maxDelay = maxDelay;
  }

  /** The plan with what it means for other instances. */
  TurnPlan complete(Ground ground, TurnPlan plan) {
    List<Outbound> more =
        messages(ground.state(), ground.index(), plan.history().events(), ground.clock());
    HistoryChange change = Birth.change(ground, plan.history());
    if (more.isEmpty() && change.equals(plan.history())) {
      return plan;
    }
    List<Outbound> all = new ArrayList<>(plan.outbound());
    all.addAll(more);
    return new TurnPlan(change, plan.next(), all, plan.retract());
  }

  /** Changes nothing but tells parents that the id of their child belongs to this instance. */
  TurnPlan refusal(Ground ground, List<Arrival> starts) {
    List<Outbound> answers = new ArrayList<>();
    for (Arrival a : starts) {
      if (a.message().event().body() instanceof ExecutionStarted child) {
        answers.add(refusal(ground.state(), a.message().id(), child, ground.clock()));
      }
    }
    return new TurnPlan(new HistoryChange.Append(List.of()), ground.state(), answers, Set.of());
  }

  /**
   * What a turn sends to other instances.
   *
   * @param state the instance that sends
   * @param former of its history before the turn
   * @param events the events of the turn
   * @param clock the turn's time
   */
  List<Outbound> messages(
      InstanceState state, InboxIndex former, List<HistoryEvent> events, Instant clock) {
    List<Outbound> out = new ArrayList<>();
    Address self = new Address(state.id(), state.execution());
    for (HistoryEvent e : events) {
      MessageId id = e.message();
      if (e.body() instanceof ExecutionCompleted end) {
        out.addAll(releases(state, former, events, clock));
        toParent(state, end, former.rewinds() + rewinds(events), clock).ifPresent(out::add);
      } else if (id != null && e.body() instanceof SubOrchestrationCreated s) {
        ParentLink link = s.detached() ? null : link(state, former, events, e, s.instance());
        ExecutionStarted start = start(id, s, link);
        out.add(send(self, new Address(start.instance(), start.execution()), id, start, clock));
      } else if (id != null && e.body() instanceof EventSent s) {
        EventRaised raised = new EventRaised(s.name(), s.input());
        out.add(due(send(self, new Address(s.instance(), null), id, raised, clock), raised));
      }
    }
    return out;
  }

  /**
   * Starts for the children of a rewound instance, in case they were purged: where a child is still
   * there, its start is a repeat. An answer of the new execution has an id that is new to the
   * parent.
   */
  List<Outbound> startsAgain(Ground ground, Rewind rewind) {
    Map<InstanceId, HistoryEvent> calls = new LinkedHashMap<>();
    for (HistoryEvent e : rewind.past()) {
      if (e.message() != null
          && e.body() instanceof SubOrchestrationCreated s
          && rewind.children().contains(s.instance())) {
        calls.put(s.instance(), e);
      }
    }
    List<MessageId> causes = ground.accepted().stream().map(a -> a.message().id()).toList();
    InstanceState state = ground.state();
    Address self = new Address(state.id(), state.execution());
    List<Outbound> out = new ArrayList<>();
    for (HistoryEvent call : calls.values()) {
      SubOrchestrationCreated s = (SubOrchestrationCreated) call.body();
      MessageId request = Objects.requireNonNull(call.message());
      MessageId id = MessageId.derived("start again", request, causes);
      ParentLink link =
          new ParentLink(
              state.id(), state.execution(), state.name(), call.eventId(), request, null);
      ExecutionStarted start = start(id, s, link);
      Address child = new Address(start.instance(), start.execution());
      out.add(send(self, child, id, start, ground.clock()));
    }
    return out;
  }

  static ExecutionStarted start(
      MessageId request, SubOrchestrationCreated s, @Nullable ParentLink link) {
    Map<String, String> tags = new HashMap<>(s.tags());
    tags.remove(SubOrchestrationCreated.DETACHED);
    ExecutionId execution = executionOf(request);
    return new ExecutionStarted(
        s.instance(), execution, s.name(), s.version(), s.input(), tags, link, null, 0);
  }

  /** The first execution of the child that a request starts. */
  private static ExecutionId executionOf(MessageId request) {
    return ExecutionId.of(MessageId.derived("execution", request.value()).value());
  }

  private static ParentLink link(
      InstanceState state,
      InboxIndex former,
      List<HistoryEvent> events,
      HistoryEvent action,
      InstanceId child) {
    MessageId retryOf = former.children().lastFailed(child);
    Map<Integer, MessageId> calls = former.children().requests(child);
    for (HistoryEvent e : events.subList(0, events.indexOf(action))) {
      MessageId id = e.message();
      if (id != null
          && e.body() instanceof SubOrchestrationCreated s
          && s.instance().equals(child)
          && !s.detached()) {
        calls.put(e.eventId(), id);
      } else if (e.body() instanceof SubOrchestrationFailed f) {
        MessageId failed = calls.remove(f.taskScheduledId());
        retryOf = failed == null ? retryOf : failed;
      }
    }
    return new ParentLink(
        state.id(), state.execution(), state.name(), action.eventId(), action.message(), retryOf);
  }

  private static long rewinds(List<HistoryEvent> events) {
    long rewinds = 0;
    for (HistoryEvent e : events) {
      rewinds += e.body() instanceof ExecutionRewound ? 1 : 0;
    }
    return rewinds;
  }

  /** The turn of a finished child whose parent was rewound, and which has not failed. */
  TurnPlan answeredAgain(Ground ground) {
    InstanceState state = ground.state();
    List<HistoryEvent> history = ground.stored().history();
    List<MessageId> causes = ground.accepted().stream().map(a -> a.message().id()).toList();
    List<Outbound> answers = new ArrayList<>();
    for (HistoryEvent e : history) {
      if (e.body() instanceof ExecutionCompleted end) {
        toParent(state, end, causes, ground.clock()).ifPresent(answers::add);
      }
    }
    return new TurnPlan(new HistoryChange.Append(List.of()), state, answers, Set.of());
  }

  /** Its id follows from the request, and from what made the child answer it once more. */
  private Optional<Outbound> toParent(
      InstanceState state, ExecutionCompleted end, Object again, Instant clock) {
    ParentLink parent = state.start().parent();
    boolean goesOn = end.status() == OrchestrationStatus.CONTINUED_AS_NEW;
    if (parent == null || goesOn || !end.status().isTerminal()) {
      return Optional.empty();
    }
    EventBody body =
        end.status() == OrchestrationStatus.COMPLETED
            ? new SubOrchestrationCompleted(
                parent.taskScheduledId(), parent.request(), end.result())
            : new SubOrchestrationFailed(
                parent.taskScheduledId(), parent.request(), failure(state, end));
    MessageId request = parent.request();
    boolean first =
        request == null || (again.equals(0L) && state.execution().equals(executionOf(request)));
    MessageId id =
        first
            ? answerId(state, parent)
            : MessageId.derived("again", request, state.execution(), again);
    Address self = new Address(state.id(), state.execution());
    return Optional.of(
        send(self, new Address(parent.instance(), parent.execution()), id, body, clock));
  }

  private static FailureDetails failure(InstanceState state, ExecutionCompleted end) {
    FailureDetails failure = end.failure();
    if (failure != null) {
      return failure;
    }
    Payload reason = end.result();
    return FailureDetails.of(
        "Terminated",
        "Instance " + state.id() + " was terminated: " + (reason == null ? "" : reason.text()),
        true);
  }

  /** The ends of the locks that an execution still has when it ends, however it does. */
  private List<Outbound> releases(
      InstanceState state, InboxIndex former, List<HistoryEvent> events, Instant clock) {
    Address self = new Address(state.id(), state.execution());
    List<Outbound> out = new ArrayList<>();
    for (OpenSections.Held held : former.sections().with(events).held()) {
      Release release = new Release(state.id(), held.lockId());
      out.add(release(self, held.entity(), release, clock));
    }
    return out;
  }

  /**
   * A scheduled signal of an entity comes when it is due, or when storage can hold it no longer.
   */
  private Outbound due(Outbound sent, EventRaised event) {
    Instant due =
        EntityEvents.isEntity(sent.message().to().instance()) ? EntityEvents.dueOf(event) : null;
    if (due == null || due.isBefore(sent.visibleAt())) {
      return sent;
    }
    Instant latest = maxDelay == null ? due : sent.visibleAt().plus(maxDelay);
    return new Outbound(
        sent.message(), sent.to(), due.isBefore(latest) ? due : latest, sent.claim());
  }

  /** The end of a lock, the same however often it is sent. */
  private Outbound release(Address from, InstanceId entity, Release release, Instant clock) {
    MessageId id = MessageId.derived("release", release.holder(), release.id(), entity);
    return release(id, from, entity, release, clock);
  }

  /** The end of a lock in a message of its own. */
  Outbound release(
      MessageId id, @Nullable Address from, InstanceId entity, Release release, Instant clock) {
    return send(from, new Address(entity, null), id, EntityEvents.raised(release), clock);
  }

  /** The failure that a parent gets whose child's id belongs to another instance. */
  private Outbound refusal(
      InstanceState there, MessageId start, ExecutionStarted child, Instant clock) {
    ParentLink parent = Objects.requireNonNull(child.parent());
    FailureDetails failure =
        FailureDetails.of(
            INSTANCE_EXISTS,
            "Sub-orchestration "
                + child.name()
                + " was not started: there is an instance "
                + there.id()
                + " of "
                + there.name()
                + ", which is "
                + there.status()
                + "; choose another id, or purge that one when it has ended",
            true);
    EventBody body =
        new SubOrchestrationFailed(parent.taskScheduledId(), parent.request(), failure);
    Address self = new Address(there.id(), there.execution());
    Address to = new Address(parent.instance(), parent.execution());
    return send(self, to, start.answer(), body, clock);
  }

  private static MessageId answerId(InstanceState from, ParentLink parent) {
    MessageId request = parent.request();
    return request == null
        ? MessageId.derived("end", from.id(), from.execution())
        : request.answer();
  }

  private Outbound send(
      @Nullable Address self, Address to, MessageId id, EventBody body, Instant clock) {
    Message message = new Message(to, self, HistoryEvent.of(clock, id, body));
    return new Outbound(message, queues.apply(to.instance()), clock, false);
  }
}
