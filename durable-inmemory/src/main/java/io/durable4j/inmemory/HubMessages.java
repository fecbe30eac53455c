package io.durable4j.inmemory;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import io.durable4j.message.Encoder;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Messages;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.QueueStats;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queues as the SPI shows them. */
final class HubMessages implements Messages {
  private final OpenHub hub;

  HubMessages(OpenHub hub) {
    this.hub = hub;
  }

  private record Taken(List<Held> held, @Nullable Instant nextVisible) {}

  @Override
  public Received receive(QueueId queue, Receive how) {
    if (how.max() < 1 || how.lease().isNegative() || how.lease().isZero()) {
      throw new IllegalArgumentException("At least one message and a positive lease: " + how);
    }
    Taken taken = hub.transact(tx -> take(tx, queue, how));
    return new Received(Held.decode(taken.held()), taken.nextVisible());
  }

  private static Taken take(Transaction tx, QueueId id, Receive how) {
    MessageQueue queue = tx.state().queue(id);
    if (id.kind() == QueueId.Kind.CONTROL
        && (how.fence() == null
            || how.fence().partition() != id.shard()
            || !tx.fenced(how.fence()))) {
      return new Taken(List.of(), null);
    }
    Instant next = queue.nextVisible(tx.now());
    Instant until = tx.later(how.lease());
    List<Held> held = new ArrayList<>();
    for (MessageQueue.Entry e : queue.select(tx.now(), how.max(), how.names())) {
      int counted = e.attempts() + 1;
      Receipt receipt = new Receipt(e.row());
      held.add(new Held(e.row(), id, counted + e.released(), e.released(), receipt));
      tx.dependsOn(e.position());
      tx.change(new Change.Attempts(id, e.row().id(), counted));
      tx.then(() -> queue.lease(e, until, receipt));
    }
    // that a message was delivered once more is written, so that an activity that kills the process
    // is counted; it need not be on disk before the activity runs, the next flush takes it along
    tx.relax();
    if (!held.isEmpty() && (next == null || until.isBefore(next))) {
      next = until;
    }
    return new Taken(held, next);
  }

  @Override
  public List<Delivery> send(List<Outbound> messages, Duration lease) {
    messages.forEach(hub.limit()::check);
    List<Encoded> encoded;
    try (Encoder encoder = hub.encoders().take()) {
      encoded = Encoded.of(messages, encoder, hub.isLogged());
    }
    return hub.transact(tx -> tx.enqueueAll(encoded, lease));
  }

  @Override
  public Map<MessageId, Delivery> renew(Collection<Delivery> deliveries, Duration lease) {
    return hub.transact(
        tx -> {
          Map<MessageId, Delivery> held = new LinkedHashMap<>();
          for (Delivery d : deliveries) {
            MessageQueue.Entry e = tx.held(d);
            if (e != null) {
              MessageQueue queue = tx.state().queue(d.from());
              tx.then(() -> queue.prolong(e, tx.later(lease)));
              held.put(d.message().id(), d);
            }
          }
          return held;
        });
  }

  @Override
  public void release(Collection<Delivery> deliveries, Duration delay) {
    hub.transact(
        tx -> {
          for (Delivery d : deliveries) {
            MessageQueue.Entry e = tx.held(d);
            if (e != null) {
              MessageQueue queue = tx.state().queue(d.from());
              // written, lest a restart counts it: many workers may give back an unknown activity
              tx.change(new Change.Attempts(d.from(), e.row().id(), e.attempts() - 1));
              tx.then(() -> queue.release(e, tx.later(delay)));
              tx.ready(d.from());
            }
          }
          tx.relax();
          return true;
        });
  }

  @Override
  public void delete(Collection<Delivery> deliveries) {
    hub.transact(
        tx -> {
          for (Delivery d : deliveries) {
            if (tx.held(d) != null) {
              tx.remove(d.from(), d.message().id());
            }
          }
          return true;
        });
  }

  @Override
  public void respond(Delivery activity, Outbound result) {
    hub.limit().check(result);
    Encoded encoded = Encoded.of(result, hub);
    hub.transact(
        tx -> {
          if (tx.held(activity) != null) {
            tx.enqueue(encoded, Duration.ZERO);
            tx.remove(activity.from(), activity.message().id());
          }
          return true;
        });
  }

  @Override
  public void quarantine(Delivery delivery, FailureDetails why) {
    hub.transact(
        tx -> {
          MessageQueue.Entry e = tx.held(delivery);
          if (e != null) {
            tx.change(
                new Change.Quarantine(QuarantineRow.of(delivery.from(), e.row(), why, tx.now())));
            tx.remove(delivery.from(), delivery.message().id());
          }
          return true;
        });
  }

  @Override
  public QueueStats stats(QueueId id) {
    return hub.transact(
        tx -> {
          MessageQueue queue = tx.state().queue(id);
          MessageQueue.Entry oldest = queue.oldestVisible(tx.now());
          Duration age =
              oldest == null ? Duration.ZERO : Duration.between(oldest.row().visibleAt(), tx.now());
          return new QueueStats(queue.size(), age);
        });
  }
}
