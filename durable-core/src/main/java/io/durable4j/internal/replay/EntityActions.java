package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Incoming;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the code asked of an entity with what history says it did. It is the meaning that
 * counts: the recorded text holds times, and may be another engine's.
 */
final class EntityActions {
  private EntityActions() {}

  /** Whether an action is addressed to an entity. */
  static boolean isOne(EventBody action) {
    return action instanceof EventSent s && EntityEvents.isEntity(s.instance());
  }

  private static Incoming said(EventSent action) {
    return Incoming.of(new EventRaised(action.name(), action.input()));
  }

  /** The request that an action is; null when it is none. */
  static @Nullable Request request(@Nullable EventBody action, Payloads payloads) {
    if (action instanceof EventSent s && isOne(s)) {
      Payload input = s.input();
      Incoming said =
          input == null ? said(s) : payloads.once(input, Incoming.class, json -> said(s));
      return said instanceof Incoming.Asks asks ? asks.request() : null;
    }
    return null;
  }

  /** Whether a recorded request asks for the same in all but input and time. */
  static boolean fits(Request recorded, EntityTarget target, boolean signal) {
    return recorded.signal() == signal
        && Objects.equals(recorded.lock(), target.lock())
        && (target.isLock() || sameName(recorded, target.operation(), target.aliases()));
  }

  /** Entity and kind, and the operation or the set; {@code aliases} are former operation names. */
  static boolean fits(EventSent recorded, EventSent produced, List<String> aliases) {
    if (recorded.equals(produced)) {
      return true;
    }
    if (!recorded.instance().equals(produced.instance())) {
      return false;
    }
    Incoming was = said(recorded);
    Incoming is = said(produced);
    if (was instanceof Incoming.Asks r && is instanceof Incoming.Asks p) {
      return r.request().signal() == p.request().signal()
          && Objects.equals(r.request().lock(), p.request().lock())
          && sameName(r.request(), Objects.toString(p.request().operation(), ""), aliases);
    }
    return was.getClass() == is.getClass() && recorded.name().equalsIgnoreCase(produced.name());
  }

  private static boolean sameName(Request recorded, String produced, List<String> aliases) {
    return Determinism.sameName(Objects.toString(recorded.operation(), ""), produced, aliases);
  }

  /** What differs in the parts that may differ after a careful change; null when nothing does. */
  static @Nullable String softDifference(EventSent recorded, EventSent produced) {
    if (recorded.equals(produced)) {
      return null;
    }
    Incoming was = said(recorded);
    Incoming is = said(produced);
    if (was instanceof Incoming.Asks r && is instanceof Incoming.Asks p) {
      return softDifference(r.request(), p.request().input(), p.request().due());
    }
    if (was instanceof Incoming.Releases r && is instanceof Incoming.Releases p) {
      return r.release().equals(p.release()) ? null : "lock";
    }
    return "payload";
  }

  static @Nullable String softDifference(
      Request recorded, @Nullable Payload input, @Nullable Instant due) {
    if (!Objects.equals(recorded.input(), input)) {
      return "input";
    }
    return Objects.equals(recorded.due(), due) ? null : "due time";
  }

  /** Whether the action gives back the lock of an entity. */
  static boolean isRelease(EventBody action, InstanceId entity) {
    return action instanceof EventSent s
        && s.instance().equals(entity)
        && s.name().equalsIgnoreCase("release");
  }

  /** An action in words. */
  static String describe(EventSent action) {
    Incoming said = said(action);
    if (said instanceof Incoming.Asks asks) {
      return describe(asks.request(), action.instance());
    }
    if (said instanceof Incoming.Releases releases) {
      Release release = releases.release();
      return "release of " + action.instance() + " (lock " + release.id() + ")";
    }
    return "event '" + action.name() + "' to " + action.instance();
  }

  private static String describe(Request request, InstanceId entity) {
    Request.Lock lock = request.lock();
    if (lock != null) {
      return "lock of " + lock.set();
    }
    Payload input = request.input();
    Instant due = request.due();
    return (request.signal() ? "signal '" : "call of operation '")
        + request.operation()
        + "' to entity "
        + entity
        + (due == null ? "" : " due " + due)
        + Determinism.input(input);
  }
}
