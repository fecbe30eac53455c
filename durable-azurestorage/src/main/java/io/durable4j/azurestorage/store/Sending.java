package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.format.Envelope;
import io.durable4j.azurestorage.format.QueueCounts;
import io.durable4j.azurestorage.format.QueueText;
import io.durable4j.azurestorage.format.VisibilityDelay;
import io.durable4j.azurestorage.store.Deletions.Placed;
import io.durable4j.history.MessageId;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages into queues, a large one's blob before what stands for it.
 *
 * <p>A crash before the blob: nothing is sent. Between blob and message: a blob that nobody needs,
 * until the hub is deleted. After: it is sent. Sent twice, by the caller or by a client of the
 * service that tried again: it comes twice, with one identity. The same holds where it took the
 * place of another: a second attempt does not find that one any more, and sends anew.
 */
final class Sending {
  private static final int REMEMBERED = 10_000;

  private final HubParts parts;
  private final Queues queues;
  private final Deletions deletions;
  private final Map<MessageId, Hold> timers = new LinkedHashMap<>();
  private final Map<MessageId, Hold> activities = new LinkedHashMap<>();

  /**
   * @param parts the hub
   * @param deletions what messages that are claimed may take the place of
   */
  Sending(HubParts parts, Deletions deletions) {
    this.parts = parts;
    this.queues = parts.account().queues();
    this.deletions = deletions;
  }

  private record Numbered(Outbound out, long sequence) {}

  /**
   * Sends all; those that were sent are hinted at, also when others fail.
   *
   * @return the deliveries of those that were claimed
   */
  List<Delivery> send(List<Outbound> messages, Duration lease, @Nullable Integer episode) {
    Set<QueueId> ready = new LinkedHashSet<>();
    Instant now = parts.now();
    messages.stream()
        .filter(out -> !isClaimed(out, lease, now)) // the sender has it, and nobody finds it
        .forEach(out -> ready.add(out.to()));
    try {
      return unhinted(messages, lease, episode);
    } finally {
      ready.forEach(parts.wakeUps()::ready);
    }
  }

  /** Sends one for anyone, of which the caller tells later. */
  void sendWithoutHint(Outbound out) {
    unhinted(List.of(out), Duration.ZERO, null);
  }

  private List<Delivery> unhinted(
      List<Outbound> messages, Duration lease, @Nullable Integer episode) {
    return parts.fanout().map(numbered(messages), n -> one(n, lease, episode)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Numbers them in their order, but timers in that of their times: those of one second come
   * together, and then the number decides.
   */
  private List<Numbered> numbered(List<Outbound> messages) {
    Instant now = parts.now();
    return messages.stream()
        .sorted(Comparator.comparing(out -> out.visibleAt().isBefore(now) ? now : out.visibleAt()))
        .map(out -> new Numbered(out, parts.outgoing().number()))
        .toList();
  }

  private Optional<Delivery> one(Numbered n, Duration lease, @Nullable Integer episode) {
    Outbound out = n.out();
    Instant now = parts.now();
    Duration delay = VisibilityDelay.of(out.visibleAt(), now);
    boolean claim = isClaimed(out, lease, now);
    Envelope envelope = new Envelope(parts.random().uuid(), out.message(), n.sequence(), episode);
    Hold hold =
        put(envelope, out.to(), new QueueCounts(claim, 0), claim ? Leases.whole(lease) : delay);
    if (!delay.isZero()) {
      parts.outgoing().hid(out.to(), now.plus(delay));
      remember(timers, out.message().id(), hold);
    } else if (!claim && out.to().kind() == QueueId.Kind.ACTIVITY) {
      remember(activities, out.message().id(), hold);
    }
    return claim
        ? Optional.of(new Delivery(out.message(), out.to(), order(now, n), 1, 0, hold))
        : Optional.empty();
  }

  private static boolean isClaimed(Outbound out, Duration lease, Instant now) {
    return out.claim() && !lease.isZero() && VisibilityDelay.of(out.visibleAt(), now).isZero();
  }

  private static long order(Instant now, Numbered n) {
    return Receiving.order(now, n.sequence());
  }

  /** Puts a message into its queue anew, for anyone, at once. */
  void again(Message message, QueueId to, @Nullable Integer episode) {
    Envelope envelope =
        new Envelope(parts.random().uuid(), message, parts.outgoing().number(), episode);
    put(envelope, to, QueueCounts.NONE, Duration.ZERO);
    parts.wakeUps().ready(to);
  }

  /** Puts a text into a queue as it is. */
  void raw(String text, QueueId to) {
    queues.send(parts.names().queue(to), text, Duration.ZERO);
    parts.wakeUps().ready(to);
  }

  /** Of what nobody holds the text is not kept: nobody can give it back. */
  private Hold put(Envelope envelope, QueueId to, QueueCounts counts, Duration delay) {
    QueueText text = QueueText.of(envelope, parts.options().encoding());
    if (text.blob() != null) {
      parts.largeTexts().put(text.blob());
    }
    String queue = parts.names().queue(to);
    String counted = counts.in(text.text());
    Placed placed = place(queue, counted, counts, delay);
    String blob = text.blob() == null ? null : text.blob().blob();
    return new Hold(
        queues,
        new Hold.Sent(
            queue,
            counts.claimed() ? counted : "",
            blob,
            counts,
            envelope.sequence(),
            envelope.episode(),
            placed.since()),
        placed.receipt());
  }

  /**
   * Whoever claims a message does not ask for a place at the queue's end, so that the place of one
   * that was consumed will do: one call in place of two.
   */
  private Placed place(String queue, String text, QueueCounts counts, Duration hidden) {
    Placed placed = counts.claimed() ? deletions.replace(queue, text, hidden) : null;
    return placed != null ? placed : new Placed(queues.send(queue, text, hidden), parts.now());
  }

  /** What nobody has received can be deleted with what the queue answered to its sender. */
  private synchronized void remember(Map<MessageId, Hold> sent, MessageId id, Hold hold) {
    sent.put(id, hold);
    if (sent.size() > REMEMBERED) {
      sent.remove(sent.keySet().iterator().next());
    }
  }

  private synchronized @Nullable Hold forget(MessageId id) {
    Hold timer = timers.remove(id);
    return timer == null ? activities.remove(id) : timer;
  }

  /** Timers and activities that were sent here, as far as they are remembered. */
  List<Hold> takeSent(Collection<MessageId> ids) {
    List<Hold> found = new ArrayList<>();
    for (MessageId id : ids) {
      Hold hold = forget(id);
      if (hold != null) {
        found.add(hold);
      }
    }
    return found;
  }
}
