package io.durable4j.internal.inbox;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Grant;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the messages of one turn, in order, against what is stored.
 *
 * <table>
 *   <caption>The rules, first match wins</caption>
 *   <tr><td>for an entity</td><td>see {@link EntityRules}</td></tr>
 *   <tr><td>no such instance</td><td>drop; where commits are not atomic a start may only be early,
 *     and a result too, of a first turn that is being committed: defer, for up to an hour</td></tr>
 *   <tr><td>an orchestration's event for no such instance</td><td>its start may be behind it: defer,
 *     for up to a minute</td></tr>
 *   <tr><td>a child's start for another execution, not consumed, by another request</td><td>when the
 *     execution is the former attempt of this call, and has not ended yet: defer, for up to an hour;
 *     else refuse, or drop when nobody waits for the child</td></tr>
 *   <tr><td>for a former generation</td><td>drop</td></tr>
 *   <tr><td>for a later generation, where commits are not atomic and the instance has not ended</td>
 *     <td>its turn is not committed, and may yet be: defer</td></tr>
 *   <tr><td>for another execution</td><td>drop; where commits are not atomic a start that was not
 *     consumed may only be early, also while the stored execution lives, since its creation may see
 *     the end before the deletions, and where a child has ended a result, of a further attempt whose
 *     first turn is being committed: defer, for up to an hour</td></tr>
 *   <tr><td>id known: in history, may return, consumed before, twice in this turn</td><td>drop</td></tr>
 *   <tr><td>a parent's request to end or to go back, for an instance that is not its child</td>
 *     <td>drop; for one that is not there, its start may be on the way: defer, for up to an hour</td>
 *     </tr>
 *   <tr><td>a request to go back, for one that has not failed</td><td>drop</td></tr>
 *   <tr><td>the instance has ended</td><td>drop; but accept the first request to go back, for one
 *     that failed, and a recursive request to end, for one that has children; where commits are
 *     not atomic, an answer to a request that is not recorded may be of a request to go back that
 *     is being committed: defer, for up to two minutes</td></tr>
 *   <tr><td>start of an execution that has started</td><td>drop</td></tr>
 *   <tr><td>result or timer of nothing scheduled, of another message, or settled before</td>
 *     <td>drop; where commits are not atomic one whose action the history has not come to may only
 *     be early: defer</td></tr>
 *   <tr><td>start or timer before its time</td><td>defer until then</td></tr>
 *   <tr><td>a grant of a lock that a section does not ask for any more</td><td>drop; whoever drops it
 *     gives the lock back</td></tr>
 *   <tr><td>an entity's answer to what is not in the history, where commits are not atomic</td>
 *     <td>the turn that asked is not committed, and may yet be: defer, for up to an hour</td></tr>
 *   <tr><td>event for an instance that has not started</td><td>defer until it has</td></tr>
 *   <tr><td>wake-up of an instance that has not started</td><td>its turn is not committed, where
 *     commits are not atomic, and may yet be: defer</td></tr>
 *   <tr><td>anything else</td><td>accept</td></tr>
 * </table>
 *
 * <p>A suspension of what is suspended is accepted too, and a resumption of what is not: recorded,
 * it changes nothing, but a late repeat of it is known.
 *
 * <p>What may only be early is looked at again after half of its age, at least a second and at most
 * five minutes. A start is given up after an hour, since a creation stores it at most moments
 * before its instance, and so is a result without instance, since the first turn comes again with
 * its start, and asks again; any other result never, since a turn that is held up may still be
 * committed, and the instance would wait for it in vain. An event is never early: a client raises
 * it when it has seen the instance, and then it is there for every later load.
 */
public final class InboxRules {
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration EARLY_MIN = Duration.ofSeconds(1);
  private static final Duration EARLY_MAX = Duration.ofMinutes(5);

  private static final Duration START_PATIENCE = Duration.ofHours(1);
  private static final Duration EVENT_PATIENCE = Duration.ofMinutes(1);

  /** The request itself comes again after a lease, so that its turn is not held up for longer. */
  private static final Duration REWIND_PATIENCE = Duration.ofMinutes(2);

  private final @Nullable InstanceState state;
  private final boolean atomic;
  private final Instant now;
  private final InboxIndex index;
  private final Set<MessageId> mayReturn;

  /** The last accepted one; it is entered when another is judged, and most turns have but one. */
  private @Nullable HistoryEvent newest;

  private Set<MessageId> accepted = Set.of();
  private Set<Integer> settled = Set.of();
  private boolean started;
  private boolean rewound;

  /**
   * Rules for one turn.
   *
   * @param stored what is stored, read after the messages were received
   * @param atomic whether commits of this store are atomic
   * @param now the wall clock
   */
  public InboxRules(Stored stored, boolean atomic, Instant now) {
    this(stored, new InboxIndex(stored), atomic, now);
  }

  /**
   * Rules for one turn.
   *
   * @param stored what is stored, as far as is known
   * @param index of its history; not changed, since the turn may not be committed
   * @param atomic whether commits of this store are atomic
   * @param now the wall clock
   */
  public InboxRules(Stored stored, InboxIndex index, boolean atomic, Instant now) {
    this.state = stored.state();
    this.mayReturn = stored.mayReturn();
    this.index = index;
    this.started = index.isStarted();
    this.atomic = atomic;
    this.now = now;
  }

  private void enter(HistoryEvent e) {
    if (accepted.isEmpty()) {
      accepted = new HashSet<>();
      settled = new HashSet<>();
    }
    if (e.message() != null) {
      accepted.add(e.message());
    }
    started |= e.body() instanceof ExecutionStarted;
    int answered = InboxIndex.answered(e.body());
    if (answered >= 0) {
      settled.add(answered);
    }
  }

  private boolean knows(MessageId id) {
    return accepted.contains(id) || index.knows(id) || mayReturn.contains(id);
  }

  private @Nullable HistoryEvent open(int action) {
    return settled.contains(action) ? null : index.open(action);
  }

  /**
   * Judges a message; accepting it changes how the next ones are judged.
   *
   * @param m the message
   * @return what becomes of it
   */
  public Verdict judge(Message m) {
    if (newest != null) {
      enter(newest);
      newest = null;
    }
    Verdict verdict = decide(m);
    if (verdict instanceof Verdict.Accept) {
      newest = m.event();
    }
    return verdict;
  }

  /**
   * Whether a message came before, to this very execution or one that it goes on from.
   *
   * @param m the message
   * @return whether it is a repeat
   */
  public boolean isRepeat(Message m) {
    return knows(m.id());
  }

  private Verdict decide(Message m) {
    if (EntityEvents.isEntity(m.to().instance())) {
      return EntityRules.judge(m, knows(m.id()), atomic, now);
    }
    if (state == null) {
      return mayBeEarly(m) || mayAnswerABirth(m) || mayOvertakeItsStart(m) || isOfParent(m)
          ? early(m)
          : new Verdict.Drop("there is no such instance");
    }
    ExecutionId execution = m.to().execution();
    if (execution != null && !execution.equals(state.execution())) {
      if (m.event().body() instanceof ExecutionStarted child && m.from() != null) {
        return judgeChild(state, m, child.parent());
      }
      if (state.execution().continues(execution)) {
        return new Verdict.Drop("it is for a former generation");
      }
      if (!atomic && !state.status().isTerminal() && execution.continues(state.execution())) {
        return early(m);
      }
      boolean attempt = state.status().isTerminal() && parent(state) != null;
      return (mayBeEarly(m) || (attempt && mayAnswerABirth(m))) && !knows(m.id())
          ? early(m)
          : new Verdict.Drop("it is for another execution");
    }
    if (knows(m.id())) {
      return new Verdict.Drop("it was consumed before");
    }
    EventBody body = m.event().body();
    if (m.from() != null && isSteering(body) && !m.from().equals(parent(state))) {
      return new Verdict.Drop("it is of another's parent");
    }
    if (state.status().isTerminal()) {
      return judgeOfEnded(state, m);
    }
    if (body instanceof ExecutionRewound) {
      return new Verdict.Drop("the instance has not failed");
    }
    if (body instanceof ExecutionStarted s) {
      return started
          ? new Verdict.Drop("the execution has started")
          : Verdict.notBefore(s.scheduledStart(), now);
    }
    if (InboxIndex.answered(body) >= 0) {
      return judgeAnswer(m, body);
    }
    if (index.sections().isOfFormerLock(body)) {
      return new Verdict.Drop("it grants a lock of a turn that was not committed");
    }
    if (!atomic && body instanceof EventRaised e && isUnasked(m, e)) {
      return age(m).compareTo(START_PATIENCE) <= 0
          ? early(m)
          : new Verdict.Drop("it answers a message of a turn that was not committed");
    }
    if (body instanceof EventRaised && !started) {
      return new Verdict.Defer(untilStart(state.start().scheduledFor()));
    }
    if (body instanceof GenericEvent && !started) {
      return early(m);
    }
    return new Verdict.Accept();
  }

  /** Judges the start of a child where another execution has its id. */
  private Verdict judgeChild(InstanceState there, Message m, @Nullable ParentLink parent) {
    ParentLink former = there.start().parent();
    MessageId request = former == null ? null : former.request();
    boolean sameCall = request != null && parent != null && request.equals(parent.request());
    if (knows(m.id()) || m.id().equals(request) || sameCall) {
      return new Verdict.Drop("the child was started before");
    }
    if (parent == null) {
      return new Verdict.Drop("the id of a detached start is in use");
    }
    boolean retries = parent.retryOf() != null && parent.retryOf().equals(request);
    if (retries && age(m).compareTo(START_PATIENCE) <= 0) {
      return early(m);
    }
    return new Verdict.Refuse("an instance of its id exists");
  }

  /**
   * Whether it answers a message of a turn that creates its instance: sent already, but not
   * committed yet. A worker may see that which no longer owns the partition and does not know it.
   */
  private boolean mayAnswerABirth(Message m) {
    return !atomic
        && InboxIndex.answered(m.event().body()) >= 0
        && age(m).compareTo(START_PATIENCE) <= 0;
  }

  /** Whether it is an event whose target may have been started by the same orchestration. */
  private boolean mayOvertakeItsStart(Message m) {
    return m.from() != null
        && m.event().body() instanceof EventRaised
        && age(m).compareTo(EVENT_PATIENCE) <= 0;
  }

  private Verdict judgeOfEnded(InstanceState ended, Message m) {
    EventBody body = m.event().body();
    boolean failed = ended.status() == OrchestrationStatus.FAILED;
    if (body instanceof ExecutionRewound && (failed || m.from() != null) && !rewound) {
      rewound = true;
      return new Verdict.Accept();
    }
    if (!atomic && failed && mayBeOfRewind(m)) {
      return early(m);
    }
    return body instanceof ExecutionTerminated t && t.recursive() && index.hasChildren() && !rewound
        ? new Verdict.Accept()
        : new Verdict.Drop("the instance has ended");
  }

  /** Whether it answers a request that is not recorded, as a rewind makes that is not yet seen. */
  private boolean mayBeOfRewind(Message m) {
    EventBody body = m.event().body();
    if (age(m).compareTo(REWIND_PATIENCE) > 0) {
      return false;
    }
    if (InboxIndex.answered(body) < 0) {
      return Grant.isOfRewind(body);
    }
    HistoryEvent action = open(InboxIndex.answered(body));
    if (body instanceof TimerFired t) {
      return action != null
          && action.body() instanceof TimerCreated c
          && c.fireAt().equals(t.fireAt())
          && !m.id().equals(action.message());
    }
    MessageId request = InboxIndex.answers(body);
    return action == null || (request != null && !request.equals(action.message()));
  }

  private static boolean isSteering(EventBody body) {
    return body instanceof ExecutionTerminated || body instanceof ExecutionRewound;
  }

  private static @Nullable Address parent(InstanceState state) {
    EventBody.ParentLink link = state.start().parent();
    return link == null ? null : new Address(link.instance(), link.execution());
  }

  /**
   * Whether an entity answers what the history has not asked for, but a turn that is not committed
   * yet, or never. Were it recorded, the answer to the next try would be taken for its repeat.
   */
  private boolean isUnasked(Message m, EventRaised answer) {
    return m.from() != null && m.from().instance().isEntity() && !index.asks(answer.name());
  }

  /** A parent steers a child that it has started, though perhaps nobody has seen the start yet. */
  private boolean isOfParent(Message m) {
    return m.from() != null
        && isSteering(m.event().body())
        && age(m).compareTo(START_PATIENCE) <= 0;
  }

  /** Whether it is a start whose instance may be about to be stored. */
  private boolean mayBeEarly(Message m) {
    return !atomic
        && m.from() == null
        && m.event().body() instanceof ExecutionStarted
        && age(m).compareTo(START_PATIENCE) <= 0;
  }

  private Duration age(Message m) {
    return Duration.between(m.event().timestamp(), now);
  }

  private Verdict early(Message m) {
    Duration delay = age(m).dividedBy(2);
    delay = delay.compareTo(EARLY_MIN) > 0 ? delay : EARLY_MIN;
    return new Verdict.Defer(delay.compareTo(EARLY_MAX) < 0 ? delay : EARLY_MAX);
  }

  private Verdict judgeAnswer(Message m, EventBody body) {
    HistoryEvent action = open(InboxIndex.answered(body));
    if (action == null) {
      return atomic || InboxIndex.answered(body) < index.nextAction()
          ? new Verdict.Drop("nothing waits for this result")
          : early(m);
    }
    if (body instanceof TimerFired t) {
      if (!(action.body() instanceof TimerCreated c) || !c.fireAt().equals(t.fireAt())) {
        return new Verdict.Drop("it is a timer of a turn that was not committed");
      }
      return Verdict.notBefore(t.fireAt(), now);
    }
    boolean child =
        body instanceof SubOrchestrationCompleted || body instanceof SubOrchestrationFailed;
    MessageId request = InboxIndex.answers(body);
    if (child != (action.body() instanceof SubOrchestrationCreated)
        || child == (action.body() instanceof TaskScheduled)
        || (request != null && action.message() != null && !request.equals(action.message()))) {
      return new Verdict.Drop("it answers a message of a turn that was not committed");
    }
    return new Verdict.Accept();
  }

  private Duration untilStart(@Nullable Instant scheduled) {
    return scheduled != null && scheduled.isAfter(now) ? Duration.between(now, scheduled) : SOON;
  }
}
