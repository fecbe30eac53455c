package io.durable4j.internal.client;

import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Scheduler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a few lines where an entity is. */
final class EntityExplanation {
  private static final int MOST = 5;

  private EntityExplanation() {}

  static String of(InstanceId id, @Nullable InstanceState state, List<String> mailbox) {
    StringBuilder out = new StringBuilder("Entity ").append(id);
    if (state == null) {
      out.append(" does not exist; the first operation that it is told makes it.");
    } else {
      out.append(" did something last at ").append(state.progress().updatedAt()).append('.');
      InstanceState.Parked parked = state.progress().parked();
      if (parked != null) {
        line(out, "Parked since " + parked.since() + ": " + parked.reason());
      }
      kept(out, state);
    }
    mailbox.forEach(m -> line(out, "In its mailbox here: " + m));
    return out.toString();
  }

  private static void kept(StringBuilder out, InstanceState state) {
    Scheduler kept;
    try {
      kept = SeenEntity.kept(state);
    } catch (DurableException e) {
      line(out, "What it keeps cannot be read: " + e.getMessage());
      return;
    }
    Payload value = kept.state();
    line(
        out,
        value == null ? "It has no state" : "It has a state of " + value.sizeInBytes() + " bytes");
    InstanceId holder = kept.lockedBy();
    if (holder != null) {
      line(out, "Locked by " + holder + "; what others ask waits for the end of its section");
    }
    List<Request> queue = kept.queue();
    queue.stream().limit(MOST).forEach(r -> line(out, "Waits in it: " + asked(r)));
    if (queue.size() > MOST) {
      line(out, "and " + (queue.size() - MOST) + " more");
    }
    int early = SeenEntity.queued(kept) - queue.size();
    if (early > 0) {
      line(out, early + " requests wait for others that were sent before them");
    }
  }

  private static String asked(Request r) {
    Request.Sender sender = r.sender();
    return (r.lock() != null ? "a lock" : (r.signal() ? "signal " : "call of ") + r.operation())
        + " from "
        + (sender == null ? "a client" : sender.instance());
  }

  private static void line(StringBuilder out, String text) {
    out.append("\n  ").append(text);
  }
}
