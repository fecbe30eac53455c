package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.format.Envelope;
import io.durable4j.azurestorage.format.QuarantineText;
import io.durable4j.azurestorage.format.QueueText;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.InstanceQueries.Token;
import io.durable4j.spi.QueueId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were set aside, one blob each in a container of their own, which is made with the
 * first. A blob holds the whole message, so that it needs no other blob.
 */
final class Quarantine implements SetAside {
  private final HubParts parts;
  private final Sending sending;
  private final Blobs blobs;
  private final String container;

  Quarantine(HubParts parts, Sending sending) {
    this.parts = parts;
    this.sending = sending;
    this.blobs = parts.account().blobs();
    this.container = parts.names().quarantine();
  }

  /**
   * Keeps a message; the caller ends the original after that. A crash before: it comes again. Done
   * twice: the first stays as it is.
   */
  void put(Envelope envelope, QueueId queue, FailureDetails why) {
    put(QuarantineText.of(envelope, queue, why, parts.now()));
  }

  /** Keeps a text that does not read; as {@link #put}. */
  void damaged(QueueId queue, String text, String queueMessageId, RuntimeException why) {
    MessageId id = QueueText.foreignId(queueMessageId);
    FailureDetails details =
        FailureDetails.of("DamagedMessage", String.valueOf(why.getMessage()), true);
    put(new QuarantineText(id, queue, details, parts.now(), text, true));
  }

  private void put(QuarantineText kept) {
    String blob = QuarantineText.blob(kept.id());
    try {
      blobs.put(container, blob, kept.bytes(), null);
    } catch (AccountException e) {
      if (e.reason() != AccountException.Reason.MISSING) {
        throw e;
      }
      blobs.create(container);
      blobs.put(container, blob, kept.bytes(), null);
    }
  }

  @Override
  public Page<Quarantined> quarantined(@Nullable Token token) {
    Blobs.Page page = blobs.list(container, "", token == null ? null : token.value());
    List<Quarantined> items =
        parts.fanout().map(page.names(), this::read).stream()
            .flatMap(Optional::stream)
            .map(q -> new Quarantined(q.message(), q.queue(), q.why(), q.since()))
            .toList();
    return new Page<>(items, page.next() == null ? null : new Token(page.next()));
  }

  private Optional<QuarantineText> read(String name) {
    Blobs.Blob blob = blobs.get(container, name);
    return blob == null ? Optional.empty() : Optional.of(QuarantineText.read(blob.bytes()));
  }

  /**
   * Puts a message back into its queue, as one that was never delivered. A crash before the message
   * is sent: nothing has changed. After: it is in its queue and here; done again, it is sent once
   * more under its identity.
   */
  @Override
  public boolean requeue(MessageId message) {
    QuarantineText kept = read(QuarantineText.blob(message)).orElse(null);
    if (kept == null) {
      return false;
    }
    if (kept.damaged()) {
      sending.raw(kept.text(), kept.queue());
    } else {
      Envelope envelope = kept.envelope();
      sending.again(envelope.message(), kept.queue(), envelope.episode());
    }
    return drop(message);
  }

  @Override
  public boolean drop(MessageId message) {
    return blobs.delete(container, QuarantineText.blob(message));
  }
}
