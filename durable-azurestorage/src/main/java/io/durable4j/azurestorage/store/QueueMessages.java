package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.format.Envelope;
import io.durable4j.data.DurableException;
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
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues of a hub. How often a message was delivered the queue counts; how often of these it
 * was given back stands in its text, written with the giving back, so that every process knows it
 * and none takes a message for poison that was only passed on.
 */
final class QueueMessages implements Messages {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackend.class);

  /** What the family's engines say in a result whose request told no episode. */
  private static final int NO_EPISODE = -1;

  private final HubParts parts;
  private final Queues queues;
  private final Sending sending;
  private final Quarantine quarantine;
  private final Receiving receiving;
  private final Deletions deletions;

  QueueMessages(HubParts parts) {
    this.parts = parts;
    this.queues = parts.account().queues();
    this.deletions = new Deletions(parts.fanout(), this::end, new Places(parts::now));
    this.sending = new Sending(parts, deletions);
    this.quarantine = new Quarantine(parts, sending);
    this.receiving = new Receiving(parts, quarantine);
  }

  /** The messages that were set aside. */
  Quarantine quarantined() {
    return quarantine;
  }

  @Override
  public Received receive(QueueId queue, Receive how) {
    return receiving.receive(queue, how);
  }

  @Override
  public List<Delivery> send(List<Outbound> messages, Duration lease) {
    return send(messages, lease, null);
  }

  /**
   * As {@link #send(List, Duration)}, from a turn.
   *
   * @param episode how many turns the sender had begun, this one included; null from clients
   */
  List<Delivery> send(List<Outbound> messages, Duration lease, @Nullable Integer episode) {
    return sending.send(messages, lease, episode);
  }

  /** Sends a message for anyone, of which the caller tells later. */
  void sendWithoutHint(Outbound out) {
    sending.sendWithoutHint(out);
  }

  @Override
  public Map<MessageId, Delivery> renew(Collection<Delivery> deliveries, Duration lease) {
    Duration whole = Leases.whole(lease);
    List<Delivery> all = List.copyOf(deliveries);
    List<Boolean> held = parts.fanout().map(all, d -> Hold.of(d).renew(whole));
    Map<MessageId, Delivery> kept = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (held.get(i)) {
        kept.put(all.get(i).message().id(), all.get(i));
      }
    }
    return kept;
  }

  @Override
  public void release(Collection<Delivery> deliveries, Duration delay) {
    Duration hidden = Leases.rounded(delay);
    try {
      parts.fanout().each(List.copyOf(deliveries), d -> Hold.of(d).release(hidden));
    } finally {
      Set<QueueId> queues = new LinkedHashSet<>();
      deliveries.forEach(d -> queues.add(d.from()));
      queues.forEach(queue -> hint(queue, hidden));
    }
  }

  /**
   * An activity that was given back for later is for another worker: whoever gave it back is not to
   * be the first to see it again. A control queue has one reader only.
   */
  private void hint(QueueId queue, Duration hidden) {
    if (queue.kind() == QueueId.Kind.CONTROL) {
      parts.outgoing().hid(queue, parts.now().plus(hidden));
    }
    if (queue.kind() == QueueId.Kind.CONTROL || hidden.isZero()) {
      parts.wakeUps().ready(queue);
    }
  }

  @Override
  public void delete(Collection<Delivery> deliveries) {
    List<Delivery> left = deliveries.stream().filter(d -> !deletions.isUnderWay(d)).toList();
    parts.fanout().each(left, this::end);
  }

  /**
   * Deletes what a commit consumed, which has taken effect by then: what fails is told and not
   * thrown. Nobody waits for it, unless a message's blob may have to go after it.
   *
   * @return the messages that may come again, as far as is known now
   */
  Set<MessageId> consume(Collection<Delivery> deliveries) {
    boolean large = deliveries.stream().anyMatch(d -> Hold.of(d).what().blob() != null);
    return deletions.begin(deliveries, !large);
  }

  /** Of messages that might have come again, those that still may. */
  List<MessageId> unconfirmed(List<MessageId> mayReturn) {
    return deletions.unconfirmed(mayReturn);
  }

  /** The message first: without it nobody needs its blob. */
  private boolean end(Delivery d) {
    Hold hold = Hold.of(d);
    boolean ended = hold.delete();
    String blob = hold.what().blob();
    if (ended && blob != null) {
      dropBlob(blob);
    }
    return ended;
  }

  private void dropBlob(String blob) {
    try {
      parts.largeTexts().delete(blob);
    } catch (DurableException e) {
      LOG.debug("Blob {} stays until the hub is deleted", blob, e);
    }
  }

  /**
   * Drops messages that nobody needs any more, where they are timers or activities that this
   * process sent, and still wait. Best effort: what cannot be dropped comes, and nobody needs it.
   */
  void retract(Collection<MessageId> messages) {
    parts
        .fanout()
        .each(
            sending.takeSent(messages),
            hold -> {
              try {
                String blob = hold.what().blob();
                if (hold.delete() && blob != null) {
                  dropBlob(blob);
                }
              } catch (DurableException e) {
                LOG.debug("A message that nobody needs stays in {}", hold.what().queue(), e);
              }
            });
  }

  /**
   * {@inheritDoc}
   *
   * <p>A crash before the result is sent: nothing has changed. Between: both exist, and the request
   * comes again. Done late, by one who lost the request: a second result of one identity.
   */
  @Override
  public void respond(Delivery activity, Outbound result) {
    Integer episode = Hold.of(activity).what().episode();
    send(List.of(result), Duration.ZERO, episode == null ? NO_EPISODE : episode);
    end(activity);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A crash between copy and deletion: it is set aside and comes again; whoever sets it aside
   * then leaves the copy as it is.
   */
  @Override
  public void quarantine(Delivery delivery, FailureDetails why) {
    Hold.Sent what = Hold.of(delivery).what();
    Envelope envelope =
        new Envelope(parts.random().uuid(), delivery.message(), what.sequence(), what.episode());
    quarantine.put(envelope, delivery.from(), why);
    end(delivery);
  }

  @Override
  public QueueStats stats(QueueId queue) {
    Queues.Look look = queues.look(parts.names().queue(queue));
    Instant now = parts.now();
    Instant oldest = look.oldest();
    boolean waits = oldest != null && oldest.isBefore(now);
    return new QueueStats(
        look.length(), oldest == null || !waits ? Duration.ZERO : Duration.between(oldest, now));
  }
}
