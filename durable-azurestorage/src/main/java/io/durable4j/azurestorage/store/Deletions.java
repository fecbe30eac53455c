package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Queues.Receipt;
import io.durable4j.data.DurableException;
import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that commits consumed, while the instances go on: a commit need not wait, since
 * of a message whose deletion is not confirmed it is known that it may come again. Thread-safe.
 *
 * <p>A crash before a deletion: the message comes again after its lease. Done twice: the second
 * time it is gone. Done late, by one who lost the message: no effect.
 *
 * <p>Some are left for a moment: the next message for the same queue may be written over such a
 * one, which ends it and sends the other in a single call.
 */
final class Deletions {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackend.class);
  private static final int REMEMBERED = 10_000;

  private final Fanout fanout;
  private final Consumer<Delivery> deletion;
  private final Places places;
  private final Set<Hold> underWay = new HashSet<>();
  private final Set<MessageId> confirmed = new LinkedHashSet<>();

  /**
   * @param fanout makes several calls at once
   * @param deletion deletes a message; its {@link Hold} tells whether it is gone
   * @param places the places of messages that are about to be deleted
   */
  Deletions(Fanout fanout, Consumer<Delivery> deletion, Places places) {
    this.fanout = fanout;
    this.deletion = deletion;
    this.places = places;
  }

  /**
   * A message in its queue.
   *
   * @param receipt the proof that it is held
   * @param since when the queue got it, or what stood in its place before
   */
  record Placed(Receipt receipt, Instant since) {}

  /**
   * Begins to delete. What fails is told and not thrown: the commit has taken effect.
   *
   * @param aside whether the caller goes on meanwhile
   * @return the messages that may come again, as far as is known now
   */
  Set<MessageId> begin(Collection<Delivery> consumed, boolean aside) {
    List<Delivery> all = List.copyOf(consumed);
    begun(all);
    List<Delivery> waiting = new ArrayList<>();
    List<Delivery> atOnce = new ArrayList<>();
    all.forEach(d -> (aside && places.offer(d) ? waiting : atOnce).add(d));
    if (!waiting.isEmpty()) {
      fanout.later(() -> fanout.each(waiting, this::deleteUnlessReplaced));
    }
    Runnable deletions = () -> fanout.each(atOnce, this::delete);
    if (!aside) {
      deletions.run();
    } else if (!atOnce.isEmpty()) {
      fanout.aside(deletions);
    }
    Set<MessageId> mayReturn = new LinkedHashSet<>();
    for (Delivery d : all) {
      if (!Hold.of(d).isGone()) {
        mayReturn.add(d.message().id());
      }
    }
    return mayReturn;
  }

  /**
   * Sends a message in the place of one that was consumed, if one is left in its queue.
   *
   * @return the message; null when there was none or it is lost, and nothing was sent
   * @throws io.durable4j.spi.StorageException when it may be sent, as with any other way to send it
   */
  @Nullable Placed replace(String queue, String text, Duration hidden) {
    Delivery old = places.take(queue);
    if (old == null) {
      return null;
    }
    try {
      Receipt receipt = Hold.of(old).replace(text, hidden);
      return receipt == null ? null : new Placed(receipt, Hold.of(old).what().since());
    } finally {
      ended(old);
    }
  }

  private void deleteUnlessReplaced(Delivery d) {
    if (places.take(d)) {
      delete(d);
    }
  }

  private void delete(Delivery d) {
    try {
      deletion.accept(d);
    } catch (DurableException e) {
      LOG.debug("Message {} was not deleted; it comes again", d.message().id(), e);
    } catch (RuntimeException e) { // a fault of ours; aside nobody would hear of it
      LOG.warn("Message {} was not deleted; it comes again", d.message().id(), e);
    } finally {
      ended(d);
    }
  }

  private synchronized void begun(List<Delivery> all) {
    all.forEach(d -> underWay.add(Hold.of(d)));
  }

  private synchronized void ended(Delivery d) {
    underWay.remove(Hold.of(d));
    if (Hold.of(d).isGone()) {
      confirmed.add(d.message().id());
    }
    if (confirmed.size() > REMEMBERED) {
      confirmed.remove(confirmed.iterator().next());
    }
  }

  /** Whether this copy of a message is being deleted now. */
  synchronized boolean isUnderWay(Delivery d) {
    return underWay.contains(Hold.of(d));
  }

  /** Of messages whose deletion was not confirmed, those of which that is so still. */
  synchronized List<MessageId> unconfirmed(List<MessageId> mayReturn) {
    return mayReturn.stream().filter(id -> !confirmed.remove(id)).toList();
  }
}
