package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.MessageId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The identities of an episode's messages, derived from what makes them what they are. */
final class MessageIds {
  private MessageIds() {}

  /** The message of a new action; null when it goes nowhere. */
  static @Nullable MessageId of(
      DerivedIds ids, ExecutionId execution, int rewinds, int id, EventBody body) {
    String sender = sender(execution, rewinds);
    if (body instanceof TaskScheduled t) {
      return t.inline() ? null : ids.of(sender, id, "task", t.name(), t.version(), text(t.input()));
    }
    if (body instanceof TimerCreated t) {
      return ids.of(sender, id, "timer", t.fireAt());
    }
    if (body instanceof SubOrchestrationCreated s) {
      return ids.of(
          sender,
          id,
          "child",
          s.name(),
          s.version(),
          s.instance(),
          new TreeMap<>(s.tags()),
          text(s.input()));
    }
    if (body instanceof EventSent s) {
      return ids.of(sender, id, "event", s.name(), s.instance(), text(s.input()));
    }
    return null;
  }

  /**
   * The id of a new request to an entity, and of its answer. What is asked is a part of it: where
   * commits are not atomic, a request of a turn that was not committed may be answered.
   */
  static String request(
      DerivedIds ids,
      ExecutionId execution,
      int rewinds,
      int id,
      EntityTarget target,
      @Nullable Payload input) {
    return ids.of(
            "entity request",
            sender(execution, rewinds),
            id,
            target.entity(),
            target.operation(),
            target.lock() == null ? null : target.lock().set(),
            text(input))
        .value()
        .toString();
  }

  /** What is decided anew after a rewind goes out under other ids than what was undone. */
  private static String sender(ExecutionId execution, int rewinds) {
    return rewinds == 0 ? execution.value() : execution.value() + "/rewound/" + rewinds;
  }

  private static @Nullable String text(@Nullable Payload p) {
    return p == null ? null : p.text();
  }
}
