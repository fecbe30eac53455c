package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What an instance is told, under keys that are the same in all runs. */
final class Keys {
  private final Map<MessageId, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** The key of an arrival; empty for what no schedule moves. */
  String arrival(String instance, String execution, HistoryEvent event) {
    EventBody body = event.body();
    MessageId message = event.message();
    if (message == null) {
      return ""; // recorded in the turn that made it
    } else if (body instanceof TaskCompleted t) {
      return action(execution, t.taskScheduledId());
    } else if (body instanceof TaskFailed t) {
      return action(execution, t.taskScheduledId());
    } else if (body instanceof SubOrchestrationCompleted t) {
      return action(execution, t.taskScheduledId());
    } else if (body instanceof SubOrchestrationFailed t) {
      return action(execution, t.taskScheduledId());
    } else if (body instanceof TimerFired t) {
      return action(execution, t.timerId());
    } else if (body instanceof EventRaised r && isMovable(instance, r)) {
      String name = eventName(instance, r);
      return name
          + "#"
          + numbers.computeIfAbsent(message, m -> counts.merge(name, 1, Integer::sum));
    }
    return "";
  }

  /** The key of what an action will bring; empty when that is nothing. */
  static String awaited(String execution, HistoryEvent event) {
    EventBody body = event.body();
    boolean answered =
        (body instanceof TaskScheduled t && !t.inline())
            || body instanceof TimerCreated
            || body instanceof SubOrchestrationCreated;
    return answered ? action(execution, event.eventId()) : "";
  }

  static String action(String execution, int id) {
    return execution + " step " + id;
  }

  static String eventName(String instance, EventRaised raised) {
    return instance + " event " + raised.name().toLowerCase(Locale.ROOT);
  }

  /** Answers and requests of entities have an order of their own, which the engine keeps. */
  private static boolean isMovable(String instance, EventRaised raised) {
    return !instance.startsWith("@") && !Names.isRandom(raised.name());
  }
}
