package io.durable4j.internal.inbox;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.OpenSections;
import io.durable4j.spi.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the history of an execution says about messages: which it has seen, and which of its actions
 * wait for an answer. It grows with the history, so that a turn need not read all of it again. One
 * thread at a time.
 */
public final class InboxIndex {
  private final Set<MessageId> known = new HashSet<>();
  private final Map<Integer, HistoryEvent> open = new HashMap<>();
  private boolean started;
  private boolean hasChildren;
  private boolean asksForLocksAgain;
  private int nextAction;

  /**
   * Reads what is stored.
   *
   * @param stored an instance, or none
   */
  public InboxIndex(Stored stored) {
    if (stored.state() != null) {
      known.addAll(stored.state().consumed());
    }
    stored.history().forEach(this::add);
  }

  /**
   * Goes on by an event that was added to the history.
   *
   * @param e the event
   */
  public void add(HistoryEvent e) {
    EventBody body = e.body();
    if (body.isAction()) {
      open.put(e.eventId(), e);
      nextAction = Math.max(nextAction, e.eventId() + 1);
      hasChildren |= body instanceof SubOrchestrationCreated;
      return;
    }
    if (e.message() != null) {
      known.add(e.message());
    }
    started |= body instanceof ExecutionStarted;
    asksForLocksAgain |= body instanceof GenericEvent g && OpenSections.isAgain(g);
    int answered = answered(body);
    if (answered >= 0) {
      open.remove(answered);
    }
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

  boolean knows(MessageId id) {
    return known.contains(id);
  }

  @Nullable HistoryEvent open(int action) {
    return open.get(action);
  }

  boolean isStarted() {
    return started;
  }

  boolean hasChildren() {
    return hasChildren;
  }

  /**
   * Whether the execution was rewound into a critical section.
   *
   * @return whether its locks were asked for again
   */
  public boolean asksForLocksAgain() {
    return asksForLocksAgain;
  }

  int nextAction() {
    return nextAction;
  }

  /**
   * How much it holds.
   *
   * @return messages and open actions
   */
  public int size() {
    return known.size() + open.size();
  }
}
