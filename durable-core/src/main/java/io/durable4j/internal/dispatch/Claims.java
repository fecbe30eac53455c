package io.durable4j.internal.dispatch;

import io.durable4j.history.MessageId;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a turn sends, and the permits that it reserved for those activities that it asks to keep.
 * For one thread.
 */
final class Claims {
  private final @Nullable ActivityPermits permits;
  private final List<Outbound> outbound;
  private final List<Message> reserved = new ArrayList<>(1);

  private Claims(@Nullable ActivityPermits permits, int size) {
    this.permits = permits;
    this.outbound = new ArrayList<>(size);
  }

  /** Nothing yet, of so many messages. */
  static Claims with(ActivityPermits permits, int size) {
    return new Claims(permits, size);
  }

  /** Messages of which none is kept. */
  static Claims none(List<Outbound> outbound) {
    Claims none = new Claims(null, outbound.size());
    outbound.forEach(none::send);
    return none;
  }

  /** Adds an activity that the turn asks to keep, with its permits. */
  void keep(Outbound activity) {
    outbound.add(activity);
    reserved.add(activity.message());
  }

  /** Adds a message that whoever receives it gets. */
  void send(Outbound o) {
    outbound.add(o.claim() ? new Outbound(o.message(), o.to(), o.visibleAt(), false) : o);
  }

  /** The messages in their order. */
  List<Outbound> outbound() {
    return outbound;
  }

  /** The permits of what was kept go with it. */
  void kept(List<Delivery> claimed) {
    if (claimed.size() == reserved.size()) {
      reserved.clear();
      return;
    }
    Set<MessageId> kept = new HashSet<>();
    claimed.forEach(d -> kept.add(d.message().id()));
    reserved.removeIf(m -> kept.contains(m.id()));
  }

  /** Gives back what was reserved and not kept. */
  void giveRest() {
    if (permits != null) {
      reserved.forEach(permits::give);
    }
    reserved.clear();
  }
}
