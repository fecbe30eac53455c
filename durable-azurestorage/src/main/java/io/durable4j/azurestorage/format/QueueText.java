package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.data.DurableException;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.MessageId;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The text of a message in a queue, with the blob of a large one.
 *
 * @param text what goes into the queue
 * @param blob what goes into a blob before; null for most messages
 */
public record QueueText(String text, @Nullable LargeText blob) {
  /** The largest message that stands in the queue itself, in bytes of UTF-8. */
  public static final int MAX_INLINE_BYTES = 45 * 1024;

  /** What the service takes, however it counts, with room for the counts of deliveries. */
  private static final int MAX_BYTES = 64 * 1024 - 128;

  private static final String XML_SPECIAL = "<>&";
  private static final int XML_MORE = "&amp;".length() - 1;

  /** How texts stand in queues. Both forms are read always. */
  public enum Encoding {
    /** As they are. */
    UTF8,
    /** In Base64, as engines of the family before 2.0 need it. */
    BASE64
  }

  /**
   * A message as text.
   *
   * @param envelope the message
   * @param encoding how it is written
   * @return its text
   */
  public static QueueText of(Envelope envelope, Encoding encoding) {
    String json = EnvelopeJson.write(envelope);
    LargeText blob = null;
    if (isLarge(json)) {
      String name =
          BlobNames.message(
              envelope.message().to().instance(),
              envelope.activityId(),
              envelope.message().event().body());
      blob = new LargeText(name, json);
      json = EnvelopeJson.wrapper(name);
    }
    return new QueueText(
        encoding == Encoding.UTF8 ? json : Base64.getEncoder().encodeToString(json.getBytes(UTF_8)),
        blob);
  }

  /** Beyond the family's limit; or not, but beyond the service's once it stands in XML. */
  private static boolean isLarge(String json) {
    int bytes = json.getBytes(UTF_8).length;
    long special = json.chars().filter(c -> XML_SPECIAL.indexOf(c) >= 0).count();
    return bytes > MAX_INLINE_BYTES || bytes + special * XML_MORE > MAX_BYTES;
  }

  /**
   * Reads a text of a queue.
   *
   * @param text the text, in either form
   * @param queueMessageId the service's id of the message: where the writer gave it no identity,
   *     one is derived from that
   * @param blobs reads a blob of the container of large payloads: from its name, its text
   * @return the message
   * @throws DurableException when it does not read
   */
  public static Envelope read(String text, String queueMessageId, UnaryOperator<String> blobs) {
    return open(text, queueMessageId, blobs).envelope();
  }

  /**
   * Reads a text of a queue with what it tells of its deliveries.
   *
   * @param text the text, in either form
   * @param queueMessageId the service's id of the message, as in {@link #read}
   * @param blobs reads a blob, as in {@link #read}; what it throws is thrown as it is
   * @return what was read
   * @throws DurableException when it does not read
   */
  public static Opened open(String text, String queueMessageId, UnaryOperator<String> blobs) {
    MessageId foreign = foreignId(queueMessageId);
    Members members = sound(queueMessageId, () -> Members.parse(json(text)));
    QueueCounts counts = QueueCounts.of(members);
    String blob = EnvelopeJson.blobOf(members);
    Members real =
        blob == null ? members : parse(queueMessageId, Objects.requireNonNull(blobs.apply(blob)));
    return new Opened(sound(queueMessageId, () -> EnvelopeJson.read(real, foreign)), blob, counts);
  }

  private static Members parse(String id, String json) {
    return sound(id, () -> Members.parse(json));
  }

  /**
   * The identity of a message that has none of its own.
   *
   * @param queueMessageId the service's id of the message
   * @return always the same
   */
  public static MessageId foreignId(String queueMessageId) {
    return MessageId.derived("azure-queue", queueMessageId);
  }

  /**
   * What was read.
   *
   * @param envelope the message
   * @param blob the blob that it stood in; null for most
   * @param counts what it tells of its deliveries
   */
  public record Opened(Envelope envelope, @Nullable String blob, QueueCounts counts) {}

  private static <T> T sound(String id, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | DateTimeException | DurableException e) {
      throw new DurableException("Damaged message " + id + " in a queue: " + e.getMessage(), e);
    }
  }

  /**
   * The blob that a text of a queue only stands for.
   *
   * @param text the text, in either form
   * @param queueMessageId the service's id of the message, for errors
   * @return the blob's name; null when the text is the message itself
   * @throws DurableException when it does not read
   */
  public static @Nullable String blobOf(String text, String queueMessageId) {
    return EnvelopeJson.blobOf(sound(queueMessageId, () -> Members.parse(json(text))));
  }

  /**
   * What a text of a queue tells of its deliveries.
   *
   * @param text the text, in either form
   * @param queueMessageId the service's id of the message, for errors
   * @return its counts
   * @throws DurableException when it does not read
   */
  public static QueueCounts countsOf(String text, String queueMessageId) {
    return QueueCounts.of(sound(queueMessageId, () -> Members.parse(json(text))));
  }

  /** The input within the text of a blob that holds the message which started an instance. */
  static @Nullable String inputOfStart(String json) {
    Envelope start = EnvelopeJson.read(Members.parse(json), MessageId.derived("start"));
    return start.message().event().body() instanceof ExecutionStarted s && s.input() != null
        ? Objects.requireNonNull(s.input()).text()
        : null;
  }

  private static String json(String text) {
    return text.startsWith("{") ? text : new String(Base64.getDecoder().decode(text.trim()), UTF_8);
  }
}
