package io.durable4j.internal.dispatch;

import io.durable4j.history.MessageId;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The permits that a turn reserved for activities that it asks to keep. For one thread. */
final class Claims {
  private final @Nullable ActivityPermits permits;
  private final Map<MessageId, Message> reserved = new LinkedHashMap<>();

  Claims(@Nullable ActivityPermits permits) {
    this.permits = permits;
  }

  void add(Message activity) {
    reserved.put(activity.id(), activity);
  }

  /** Whether the turn asks to keep a message. */
  boolean has(Outbound o) {
    return reserved.containsKey(o.message().id());
  }

  /** The permits of what was kept go with it. */
  void kept(List<Delivery> claimed) {
    claimed.forEach(d -> reserved.remove(d.message().id()));
  }

  /** Gives back what was reserved and not kept. */
  void giveRest() {
    if (permits != null) {
      reserved.values().forEach(permits::give);
    }
    reserved.clear();
  }
}
