package io.durable4j.azurestorage.store;

import io.durable4j.data.DurableException;
import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that commits consumed, while the instances go on: a commit need not wait, since
 * of a message whose deletion is not confirmed it is known that it may come again. Thread-safe.
 *
 * <p>A crash before a deletion: the message comes again after its lease. Done twice: the second
 * time it is gone. Done late, by one who lost the message: no effect.
 */
final class Deletions {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackend.class);
  private static final int REMEMBERED = 10_000;

  private final Fanout fanout;
  private final Consumer<Delivery> deletion;
  private final Set<Hold> underWay = new HashSet<>();
  private final Set<MessageId> confirmed = new LinkedHashSet<>();

  /**
   * @param fanout makes several calls at once
   * @param deletion deletes a message; its {@link Hold} tells whether it is gone
   */
  Deletions(Fanout fanout, Consumer<Delivery> deletion) {
    this.fanout = fanout;
    this.deletion = deletion;
  }

  /**
   * Begins to delete. What fails is told and not thrown: the commit has taken effect.
   *
   * @param aside whether the caller goes on meanwhile
   * @return the messages that may come again, as far as is known now
   */
  Set<MessageId> begin(Collection<Delivery> consumed, boolean aside) {
    List<Delivery> all = List.copyOf(consumed);
    begun(all);
    Runnable work = () -> fanout.each(all, this::delete);
    if (aside) {
      fanout.aside(work);
    } else {
      work.run();
    }
    Set<MessageId> mayReturn = new LinkedHashSet<>();
    for (Delivery d : all) {
      if (!Hold.of(d).isGone()) {
        mayReturn.add(d.message().id());
      }
    }
    return mayReturn;
  }

  private void delete(Delivery d) {
    try {
      deletion.accept(d);
    } catch (DurableException e) {
      LOG.debug("Message {} was not deleted; it comes again", d.message().id(), e);
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
