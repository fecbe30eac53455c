package io.durable4j.benchmarks.load;

import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Queues.Item;
import io.durable4j.azurestorage.account.Queues.Receipt;
import java.time.Duration;
import java.util.List;

/** A message on its way through a queue: one puts it, and one takes it. */
final class ThroughQueue {
  private ThroughQueue() {}

  /** Puts a message and takes one, which may be another's: there are as many as look for one. */
  static Receipt of(Queues queues, String queue, String text, Duration hidden) {
    queues.send(queue, text, Duration.ZERO);
    List<Item> came = queues.receive(queue, 1, hidden);
    while (came.isEmpty()) {
      came = queues.receive(queue, 1, hidden);
    }
    return came.get(0).receipt();
  }
}
