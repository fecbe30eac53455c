package io.durable4j.internal.inbox;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.OpenSections;
import io.durable4j.spi.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What turns ask of the history of an execution: which messages it has seen, which of its actions
 * wait for an answer, what its code has not seen. It grows with the history, so that a turn need
 * not read all of it again, and stands for it where it was let go of. Many instances that wait have
 * one each, so that it is kept small. One thread at a time.
 */
public final class InboxIndex {
  /** Messages from outside in the order in which they came, those of former executions first. */
  private final KnownMessages known = new KnownMessages();

  /** Those of them that were for whichever execution lives. */
  private List<MessageId> forAny = List.of();

  /** Actions without an answer, by number. */
  private List<HistoryEvent> open = List.of();

  /** Requests to entities without an answer. */
  private List<EventSent> asked = List.of();

  private @Nullable ChildCalls children;
  private List<HistoryEvent> unseen = List.of();
  private Instant clock = Instant.MIN;
  private int events;
  private int rewinds;
  private int nextAction;
  private boolean started;
  private boolean hasChildren;
  private OpenSections sections = OpenSections.NONE;

  /**
   * Reads what is stored.
   *
   * @param stored an instance, or none
   */
  public InboxIndex(Stored stored) {
    if (stored.state() != null) {
      stored.state().consumed().forEach(known::add);
    }
    addAll(stored.history());
  }

  /**
   * Reads a history.
   *
   * @param history the events of an execution
   */
  public InboxIndex(List<HistoryEvent> history) {
    addAll(history);
  }

  /**
   * Goes on by events that were added to the history.
   *
   * @param more the events
   */
  public void addAll(List<HistoryEvent> more) {
    more.forEach(this::add);
    events += more.size();
    int seen = more.size();
    while (seen > 0 && !(more.get(seen - 1).body() instanceof OrchestratorCompleted)) {
      seen--;
    }
    List<HistoryEvent> rest = new ArrayList<>(seen == 0 ? unseen : List.of());
    rest.addAll(more.subList(seen, more.size()));
    unseen = List.copyOf(rest);
    open = open.isEmpty() ? List.of() : open;
  }

  private void add(HistoryEvent e) {
    EventBody body = e.body();
    sections = sections.with(body);
    if (body instanceof EventSent s) {
      if (EntityEvents.isCall(s)) {
        asked = asked.isEmpty() ? new ArrayList<>(1) : asked;
        asked.add(s);
      }
      nextAction = Math.max(nextAction, e.eventId() + 1);
      return;
    }
    if (body.isAction()) {
      open = open.isEmpty() ? new ArrayList<>(1) : open;
      int place = placeOf(e.eventId());
      if (place < 0) {
        open.add(-place - 1, e);
      } else {
        open.set(place, e);
      }
      nextAction = Math.max(nextAction, e.eventId() + 1);
      if (body instanceof SubOrchestrationCreated s) {
        hasChildren = true;
        children().created(e, s);
      }
      return;
    }
    MessageId message = e.message();
    if (message != null) {
      known.add(message);
      if (isForAny(body)) {
        forAny = forAny.isEmpty() ? new ArrayList<>(1) : forAny;
        forAny.add(message);
      }
    }
    if (body instanceof EventRaised r && !asked.isEmpty()) {
      asked.removeIf(s -> EntityEvents.asks(s, r.name()));
    }
    if (body instanceof OrchestratorStarted) {
      clock = e.timestamp();
    }
    started |= body instanceof ExecutionStarted;
    rewinds += body instanceof ExecutionRewound ? 1 : 0;
    int answered = answered(body);
    if (answered >= 0) {
      answer(answered, body);
    }
  }

  private void answer(int action, EventBody body) {
    int place = placeOf(action);
    if (place >= 0) {
      open.remove(place);
    }
    if (body instanceof SubOrchestrationFailed) {
      children().failed(action);
    }
  }

  /** Where the action is among the open ones; as a binary search tells it. */
  private int placeOf(int action) {
    int from = 0;
    int to = open.size() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int there = open.get(middle).eventId();
      if (there == action) {
        return middle;
      } else if (there < action) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -from - 1;
  }

  /**
   * Whether a message goes to whichever execution of an instance lives, so that a late repeat of it
   * may meet the next one.
   *
   * @param body what it says
   * @return true for events and for requests of those who steer
   */
  public static boolean isForAny(EventBody body) {
    return body instanceof EventRaised
        || body instanceof ExecutionSuspended
        || body instanceof ExecutionResumed
        || body instanceof ExecutionRewound;
  }

  /** The number of the action that an event settles; negative when it settles none. */
  static int answered(EventBody body) {
    if (body instanceof TaskCompleted t) {
      return t.taskScheduledId();
    } else if (body instanceof TaskFailed t) {
      return t.taskScheduledId();
    } else if (body instanceof SubOrchestrationCompleted t) {
      return t.taskScheduledId();
    } else if (body instanceof SubOrchestrationFailed t) {
      return t.taskScheduledId();
    }
    return body instanceof TimerFired t ? t.timerId() : -1;
  }

  /** The request that a result answers; null when it does not say, or is none. */
  static @Nullable MessageId answers(EventBody body) {
    if (body instanceof TaskCompleted t) {
      return t.answers();
    } else if (body instanceof TaskFailed t) {
      return t.answers();
    } else if (body instanceof SubOrchestrationCompleted t) {
      return t.answers();
    }
    return body instanceof SubOrchestrationFailed t ? t.answers() : null;
  }

  boolean knows(MessageId id) {
    return known.contains(id);
  }

  @Nullable HistoryEvent open(int action) {
    int place = placeOf(action);
    return place < 0 ? null : open.get(place);
  }

  /** Whether an entity was asked for what it answers, or is asked again for a section's locks. */
  boolean asks(String request) {
    return asked.stream().anyMatch(s -> EntityEvents.asks(s, request))
        || sections.requests().stream().anyMatch(r -> r.id().equals(request));
  }

  /**
   * The actions that wait for an answer.
   *
   * @return their events, by number; may be read until the index goes on
   */
  public List<HistoryEvent> open() {
    return open;
  }

  /**
   * The newest messages from outside that the instance has seen.
   *
   * @param most how many at most
   * @return their ids, each once, in the order in which they came
   */
  public List<MessageId> newest(int most) {
    return known.newest(most);
  }

  /**
   * Those of this execution that were for whichever execution lives.
   *
   * @return their ids in the order in which they came
   */
  public List<MessageId> knownForAny() {
    return forAny;
  }

  /**
   * The children that were called.
   *
   * @return the calls
   */
  public ChildCalls children() {
    ChildCalls calls = children == null ? new ChildCalls() : children;
    children = calls;
    return calls;
  }

  /**
   * What came behind the last turn in which code ran.
   *
   * @return the last events of the history; empty but for a suspension
   */
  public List<HistoryEvent> unseen() {
    return unseen;
  }

  /**
   * The time of the newest turn.
   *
   * @return the time; {@link Instant#MIN} before the first
   */
  public Instant clock() {
    return clock;
  }

  /**
   * How long the history is.
   *
   * @return the number of its events
   */
  public int events() {
    return events;
  }

  /**
   * How much it holds.
   *
   * @return messages, open actions and children
   */
  public int size() {
    return known.size() + open.size() + (children == null ? 0 : children.count());
  }

  /**
   * How often the execution was rewound.
   *
   * @return the number
   */
  public int rewinds() {
    return rewinds;
  }

  /**
   * Whether the start has come.
   *
   * @return true from then on
   */
  public boolean isStarted() {
    return started;
  }

  boolean hasChildren() {
    return hasChildren;
  }

  /**
   * The critical sections that are open.
   *
   * @return the sections
   */
  public OpenSections sections() {
    return sections;
  }

  /**
   * The number that the next action gets.
   *
   * @return one more than the greatest so far
   */
  public int nextAction() {
    return nextAction;
  }
}
