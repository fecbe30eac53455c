package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Queues.Item;
import io.durable4j.azurestorage.format.BlobNames;
import io.durable4j.azurestorage.format.Envelope;
import io.durable4j.azurestorage.format.QueueCounts;
import io.durable4j.azurestorage.format.QueueText;
import io.durable4j.data.DurableException;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import io.durable4j.spi.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages out of queues. A text that does not read is set aside as it is, and holds nobody
 * up.
 *
 * <p>A crash after the queue answered: what it gave is hidden for one lease, then comes again.
 */
final class Receiving {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackend.class);
  private static final int SEQUENCE_BITS = 30;

  private final HubParts parts;
  private final Queues queues;
  private final Quarantine quarantine;

  Receiving(HubParts parts, Quarantine quarantine) {
    this.parts = parts;
    this.queues = parts.account().queues();
    this.quarantine = quarantine;
  }

  /**
   * The place in a queue: by the second of the insertion, then by the number that the sender gave.
   */
  static long order(Instant inserted, long sequence) {
    return (inserted.getEpochSecond() << SEQUENCE_BITS) | (sequence & ((1L << SEQUENCE_BITS) - 1));
  }

  Received receive(QueueId queue, Receive how) {
    Instant now = parts.now();
    Duration lease = Leases.whole(how.lease());
    List<Item> items = take(parts.names().queue(queue), how.max(), lease);
    try {
      List<Delivery> read =
          parts.fanout().map(items, item -> open(queue, item, lease)).stream()
              .flatMap(Optional::stream)
              .sorted(Comparator.comparingLong(Delivery::order))
              .toList();
      return new Received(read, parts.outgoing().next(queue, now));
    } catch (AccountException e) {
      items.forEach(item -> putOff(queue, item, lease));
      throw e;
    }
  }

  /**
   * Lets a message come again after its lease as one that was given back: a storage that fails
   * makes no poison of what it brings. Best effort; without it the delivery counts.
   */
  private void putOff(QueueId queue, Item item, Duration lease) {
    try {
      QueueCounts counts = QueueText.countsOf(item.text(), item.receipt().id());
      String text = counts.release().in(item.text());
      queues.rewrite(parts.names().queue(queue), item.receipt(), text, lease);
    } catch (DurableException e) {
      LOG.debug("A delivery of message {} counts", item.receipt().id(), e);
    }
  }

  private List<Item> take(String queue, int max, Duration lease) {
    List<Item> all = new ArrayList<>();
    boolean more = true;
    while (more && all.size() < max) {
      int wanted = Math.min(Queues.MAX_RECEIVED, max - all.size());
      try {
        List<Item> batch = queues.receive(queue, wanted, lease);
        all.addAll(batch);
        more = batch.size() == wanted;
      } catch (StorageException e) {
        if (all.isEmpty()) {
          throw e;
        }
        LOG.warn("Queue {} failed after {} messages; they are worked on", queue, all.size(), e);
        more = false;
      }
    }
    return all;
  }

  private Optional<Delivery> open(QueueId queue, Item item, Duration lease) {
    try {
      return Optional.of(read(queue, item));
    } catch (StorageException e) {
      LOG.warn("The blob of a message in {} was not read; the message comes again", queue, e);
      putOff(queue, item, lease);
      return Optional.empty();
    } catch (AccountException e) {
      throw e;
    } catch (BlobGoneException e) {
      drop(queue, item, e);
      return Optional.empty();
    } catch (DurableException e) {
      setAside(queue, item, e);
      return Optional.empty();
    }
  }

  private Delivery read(QueueId queue, Item item) {
    QueueText.Opened opened =
        QueueText.open(item.text(), item.receipt().id(), parts.largeTexts()::getKnown);
    Envelope envelope = opened.envelope();
    Hold.Sent sent =
        new Hold.Sent(
            parts.names().queue(queue),
            item.text(),
            isReferredTo(opened, item.receipt().id()) ? null : opened.blob(),
            opened.counts(),
            envelope.sequence(),
            envelope.episode(),
            item.insertedAt());
    int attempt = opened.counts().attempt(item.dequeues());
    return new Delivery(
        envelope.message(),
        queue,
        order(item.insertedAt(), envelope.sequence()),
        attempt,
        Math.min(opened.counts().released(), attempt - 1),
        new Hold(queues, sent, item.receipt()));
  }

  /** In a row that another engine's client wrote may stand the blob of what started it. */
  private static boolean isReferredTo(QueueText.Opened opened, String queueMessageId) {
    String blob = opened.blob();
    boolean foreign = opened.envelope().message().id().equals(QueueText.foreignId(queueMessageId));
    return blob != null && foreign && BlobNames.isStart(blob);
  }

  /**
   * A message that was sent twice, since the first answer was lost, is in the queue twice, with one
   * blob; whoever consumes one copy deletes it. Set aside, the other one would be a false alarm
   * that nobody can do anything about.
   */
  private void drop(QueueId queue, Item item, BlobGoneException why) {
    LOG.warn("A message in {} is dropped: {}", parts.names().queue(queue), why.getMessage());
    try {
      queues.delete(parts.names().queue(queue), item.receipt());
    } catch (StorageException e) {
      LOG.warn("An empty message in {} was not dropped; it comes again", queue, e);
    }
  }

  private void setAside(QueueId queue, Item item, DurableException why) {
    LOG.warn("A message in {} is in quarantine: {}", parts.names().queue(queue), why.getMessage());
    try {
      quarantine.damaged(queue, item.text(), item.receipt().id(), why);
      queues.delete(parts.names().queue(queue), item.receipt());
    } catch (StorageException e) {
      LOG.warn("A damaged message in {} was not set aside; it comes again", queue, e);
    }
  }
}
