package io.durable4j.azurestorage.store;

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

/** The queues of one opening, behind its gate. */
record GatedMessages(Gate.Pass pass, Messages inner) implements Messages {
  @Override
  public Received receive(QueueId queue, Receive how) {
    return pass.call(() -> inner.receive(queue, how));
  }

  @Override
  public List<Delivery> send(List<Outbound> messages, Duration lease) {
    return pass.call(() -> inner.send(messages, lease));
  }

  @Override
  public Map<MessageId, Delivery> renew(Collection<Delivery> deliveries, Duration lease) {
    return pass.call(() -> inner.renew(deliveries, lease));
  }

  @Override
  public void release(Collection<Delivery> deliveries, Duration delay) {
    pass.run(() -> inner.release(deliveries, delay));
  }

  @Override
  public void delete(Collection<Delivery> deliveries) {
    pass.run(() -> inner.delete(deliveries));
  }

  @Override
  public void respond(Delivery activity, Outbound result) {
    pass.run(() -> inner.respond(activity, result));
  }

  @Override
  public void quarantine(Delivery delivery, FailureDetails why) {
    pass.run(() -> inner.quarantine(delivery, why));
  }

  @Override
  public QueueStats stats(QueueId queue) {
    return pass.call(() -> inner.stats(queue));
  }
}
