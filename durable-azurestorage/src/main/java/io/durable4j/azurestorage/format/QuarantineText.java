package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.QueueId;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A message that was set aside, as the bytes of a blob: with the whole of its text, also where that
 * stood in a blob of its own.
 *
 * @param id the message's identity
 * @param queue where it was
 * @param why what is wrong with it
 * @param since when it was set aside
 * @param text its JSON; of a damaged one, what stood in the queue
 * @param damaged whether the text does not read
 */
public record QuarantineText(
    MessageId id, QueueId queue, FailureDetails why, Instant since, String text, boolean damaged) {
  /** The kind of the event that stands for a damaged text; its JSON is that text. */
  public static final String DAMAGED = "Damaged";

  private static final InstanceId NOBODY = new InstanceId("damaged");
  private static final String END = ".json";

  /**
   * A message that is sound.
   *
   * @param envelope the message
   * @param queue where it was
   * @param why what is wrong with it
   * @param since when it is set aside
   * @return what is kept
   */
  public static QuarantineText of(
      Envelope envelope, QueueId queue, FailureDetails why, Instant since) {
    MessageId id = envelope.message().id();
    return new QuarantineText(id, queue, why, since, EnvelopeJson.write(envelope), false);
  }

  /**
   * What the blob of a message is called.
   *
   * @param id the message
   * @return its name
   */
  public static String blob(MessageId id) {
    return id + END;
  }

  /**
   * The message.
   *
   * @return the message; of a damaged text, one that stands for it, see {@link #DAMAGED}
   */
  public Message message() {
    if (damaged) {
      EventBody body = new EventBody.Unknown(DAMAGED, text);
      return new Message(new Address(NOBODY, null), null, HistoryEvent.of(since, id, body));
    }
    return envelope().message();
  }

  /**
   * The message as it goes back into its queue.
   *
   * @return the envelope
   * @throws DurableException when it is damaged
   */
  public Envelope envelope() {
    return EnvelopeJson.read(Members.parse(text), id);
  }

  /**
   * The content of the blob.
   *
   * @return its JSON in UTF-8
   */
  public byte[] bytes() {
    return Json.write(
            g -> {
              g.writeStartObject();
              g.writeStringField("MessageId", id.toString());
              g.writeStringField("Kind", queue.kind().name());
              g.writeNumberField("Shard", queue.shard());
              g.writeStringField("Since", since.toString());
              g.writeFieldName("Why");
              new Parts(false).failure(g, why);
              g.writeBooleanField("Damaged", damaged);
              g.writeStringField("Text", text);
              g.writeEndObject();
            })
        .getBytes(UTF_8);
  }

  /**
   * Reads the content of a blob.
   *
   * @param bytes its content
   * @return the message
   * @throws DurableException when it does not read
   */
  public static QuarantineText read(byte[] bytes) {
    try {
      Members m = Members.parse(new String(bytes, UTF_8));
      MessageId id = m.id("MessageId");
      FailureDetails why = Parts.failure(m.needObject("Why"));
      if (id == null || why == null) {
        throw new DurableException("The identity of the message is missing");
      }
      QueueId.Kind kind = QueueId.Kind.valueOf(m.need("Kind"));
      return new QuarantineText(
          id,
          new QueueId(kind, m.number("Shard", 0)),
          why,
          Instant.parse(m.need("Since")),
          m.need("Text"),
          m.flag("Damaged"));
    } catch (IllegalArgumentException | DateTimeException | DurableException e) {
      throw new DurableException("Damaged blob in quarantine: " + e.getMessage(), e);
    }
  }
}
