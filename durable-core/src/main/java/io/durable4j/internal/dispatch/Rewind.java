package io.durable4j.internal.dispatch;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.inbox.InboxIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a failed execution: to the end of a turn before its failure, which is a state in
 * which it once was. What arrived later and is no failure arrives anew; what was decided later is
 * undone; what was under way is asked for again, in messages of other ids, so that an answer to the
 * former ones is known as such. Pure.
 *
 * <p>It goes back over the last turn, and on over turns in which something failed as long as
 * nothing that succeeded after them is lost; and surely before the failure that the execution ended
 * with.
 *
 * @param former the history that is undone in part
 * @param past the history up to the turn; requests that are made again have new ids
 * @param arrivals what arrived since and arrives anew, in order
 * @param again the actions that are asked for again
 * @param children the children that failed or may have
 * @param retract messages that nobody needs any more
 */
record Rewind(
    List<HistoryEvent> former,
    List<HistoryEvent> past,
    List<HistoryEvent> arrivals,
    List<HistoryEvent> again,
    List<InstanceId> children,
    Set<MessageId> retract) {

  /** What the history that is undone in part says. */
  InboxIndex formerIndex() {
    return new InboxIndex(former);
  }

  static Rewind of(List<HistoryEvent> history, MessageId cause) {
    List<List<HistoryEvent>> turns = turns(history);
    int cut = cut(turns, history);
    List<HistoryEvent> past = new ArrayList<>();
    turns.subList(0, cut).forEach(past::addAll);
    Set<Integer> open = new LinkedHashSet<>();
    for (HistoryEvent e : past) {
      if (e.body().isAction() && isAnswered(e.body())) {
        open.add(e.eventId());
      }
    }
    Set<Integer> kept = new HashSet<>(open);
    past.forEach(e -> open.remove(answered(e.body())));
    List<HistoryEvent> arrivals = new ArrayList<>();
    for (List<HistoryEvent> turn : turns.subList(cut, turns.size())) {
      for (HistoryEvent e : turn) {
        int answered = answered(e.body());
        if (arrives(e) && (answered < 0 || kept.contains(answered))) {
          arrivals.add(e);
          open.remove(answered);
        }
      }
    }
    return asked(history, past, arrivals, open, cause);
  }

  /**
   * The requests whose children may go back: an id that was another instance's has none, and a
   * further attempt of the same id has taken the place of the former one.
   */
  private static Set<MessageId> withChild(List<HistoryEvent> history) {
    Map<InstanceId, MessageId> newest = new LinkedHashMap<>();
    Set<MessageId> refused = new HashSet<>();
    for (HistoryEvent e : history) {
      MessageId id = e.message();
      if (id != null && e.body() instanceof SubOrchestrationCreated c && !c.detached()) {
        newest.put(c.instance(), id);
      } else if (e.body() instanceof SubOrchestrationFailed f
          && f.answers() != null
          && f.failure().type().equals(OtherInstances.INSTANCE_EXISTS)) {
        refused.add(f.answers());
      }
    }
    Set<MessageId> found = new HashSet<>(newest.values());
    found.removeAll(refused);
    return found;
  }

  /** Asks again for what is open. */
  private static Rewind asked(
      List<HistoryEvent> history,
      List<HistoryEvent> past,
      List<HistoryEvent> arrivals,
      Set<Integer> open,
      MessageId cause) {
    Set<MessageId> withChild = withChild(history);
    List<HistoryEvent> again = new ArrayList<>();
    List<InstanceId> children = new ArrayList<>();
    Set<MessageId> retract = new LinkedHashSet<>();
    for (int i = 0; i < past.size(); i++) {
      HistoryEvent e = past.get(i);
      if (!e.body().isAction() || !open.contains(e.eventId())) {
        continue;
      }
      boolean child = e.body() instanceof SubOrchestrationCreated;
      if (e.body() instanceof SubOrchestrationCreated c && withChild.contains(e.message())) {
        children.add(c.instance());
      } else if (child || e.body() instanceof TimerCreated || e.body() instanceof TaskScheduled) {
        MessageId former = e.message();
        if (former != null) {
          retract.add(former);
        }
        MessageId id = MessageId.derived("rewound", former, e.eventId(), cause);
        HistoryEvent asked = new HistoryEvent(e.eventId(), e.timestamp(), id, e.body());
        past.set(i, asked);
        again.add(asked);
      }
    }
    return new Rewind(history, past, arrivals, again, children, retract);
  }

  private static List<List<HistoryEvent>> turns(List<HistoryEvent> history) {
    List<List<HistoryEvent>> turns = new ArrayList<>();
    for (HistoryEvent e : history) {
      if (e.body() instanceof OrchestratorStarted || turns.isEmpty()) {
        turns.add(new ArrayList<>());
      }
      turns.get(turns.size() - 1).add(e);
    }
    return turns;
  }

  /** The first turn that is undone. */
  private static int cut(List<List<HistoryEvent>> turns, List<HistoryEvent> history) {
    int last = turns.size() - 1;
    Set<Integer> succeeded = new HashSet<>();
    List<FailureDetails> causes = List.of();
    for (HistoryEvent e : history) {
      if (e.body() instanceof TaskCompleted t) {
        succeeded.add(t.taskScheduledId());
      } else if (e.body() instanceof SubOrchestrationCompleted t) {
        succeeded.add(t.taskScheduledId());
      } else if (e.body() instanceof ExecutionCompleted end) {
        causes = causes(end.failure());
      }
    }
    int cut = last;
    for (int i = last; i >= 0 && !losesWork(turns.get(i), succeeded); i--) {
      cut = turns.get(i).stream().anyMatch(e -> failure(e.body()) != null) ? i : cut;
    }
    for (int i = last; i >= 0; i--) {
      for (HistoryEvent e : turns.get(i)) {
        FailureDetails failure = failure(e.body());
        if (failure != null && causes.contains(failure)) {
          return Math.min(cut, i);
        }
      }
    }
    return cut;
  }

  private static List<FailureDetails> causes(@Nullable FailureDetails failure) {
    List<FailureDetails> causes = new ArrayList<>();
    for (FailureDetails f = failure; f != null; f = f.cause()) {
      causes.add(f);
    }
    return causes;
  }

  /** Whether the turn decided on something that has succeeded since, or that cannot be undone. */
  private static boolean losesWork(List<HistoryEvent> turn, Set<Integer> succeeded) {
    return turn.stream()
        .anyMatch(
            e -> e.body().isAction() && (!isAnswered(e.body()) || succeeded.contains(e.eventId())));
  }

  private static @Nullable FailureDetails failure(EventBody body) {
    if (body instanceof TaskFailed t) {
      return t.failure();
    }
    return body instanceof SubOrchestrationFailed t ? t.failure() : null;
  }

  private static boolean arrives(HistoryEvent e) {
    EventBody body = e.body();
    return !body.isAction()
        && failure(body) == null
        && !(body instanceof OrchestratorStarted)
        && !(body instanceof OrchestratorCompleted)
        && !(body instanceof GenericEvent)
        && !(body instanceof ExecutionSuspended)
        && !(body instanceof ExecutionResumed);
  }

  private static boolean isAnswered(EventBody action) {
    boolean detached = action instanceof SubOrchestrationCreated c && c.detached();
    return !detached && !(action instanceof EventSent);
  }

  private static int answered(EventBody body) {
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
}
