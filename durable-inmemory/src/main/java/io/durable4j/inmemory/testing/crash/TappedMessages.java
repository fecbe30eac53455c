package io.durable4j.inmemory.testing.crash;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Messages;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.QueueStats;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The queues as one worker, or the client, sees them. */
record TappedMessages(Messages inner, Points points, Words words, Leases leases)
    implements Messages {
  @Override
  public Received receive(QueueId queue, Receive how) {
    points.begin();
    Received got = inner.receive(queue, how);
    leases.took(got.deliveries());
    return points.received(queue, got, leases);
  }

  @Override
  public List<Delivery> send(List<Outbound> messages, Duration lease) {
    Supplier<List<Delivery>> effect =
        () -> {
          List<Delivery> claimed = inner.send(messages, lease);
          leases.took(claimed);
          return claimed;
        };
    return points.write(words.sent(messages), effect, claimed -> true);
  }

  @Override
  public Map<MessageId, Delivery> renew(Collection<Delivery> deliveries, Duration lease) {
    points.begin();
    Map<MessageId, Delivery> kept = inner.renew(deliveries, lease);
    leases.let(deliveries);
    leases.took(kept.values());
    return kept;
  }

  @Override
  public void release(Collection<Delivery> deliveries, Duration delay) {
    points.begin();
    inner.release(deliveries, delay);
    leases.let(deliveries);
  }

  @Override
  public void delete(Collection<Delivery> deliveries) {
    points.begin();
    inner.delete(deliveries);
    leases.let(deliveries);
  }

  @Override
  public void respond(Delivery activity, Outbound result) {
    Supplier<Boolean> effect =
        () -> {
          inner.respond(activity, result);
          leases.let(List.of(activity));
          return true;
        };
    Boolean unused = points.write(words.sent(List.of(result)), effect, done -> true);
  }

  @Override
  public void quarantine(Delivery delivery, FailureDetails why) {
    points.begin();
    inner.quarantine(delivery, why);
    leases.let(List.of(delivery));
  }

  @Override
  public QueueStats stats(QueueId queue) {
    return inner.stats(queue);
  }
}
