package io.durable4j.inmemory;

import io.durable4j.message.Codec;
import io.durable4j.message.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message's stored form. Where no log needs it, that of a message which its sender keeps is made
 * when somebody reads it, as few are. Thread-safe.
 */
final class MessageText {
  private final @Nullable Message message;
  private final int size;
  private volatile byte @Nullable [] bytes;

  private MessageText(@Nullable Message message, byte @Nullable [] bytes) {
    this.message = message;
    this.bytes = bytes;
    this.size = bytes == null ? 0 : bytes.length;
  }

  /** What was encoded. */
  static MessageText of(byte[] bytes) {
    return new MessageText(null, bytes);
  }

  /** What is encoded when it is asked for. */
  static MessageText later(Message message) {
    return new MessageText(message, null);
  }

  byte[] bytes() {
    byte[] made = bytes;
    if (made == null) {
      made = Codec.encode(Objects.requireNonNull(message));
      bytes = made;
    }
    return made;
  }

  /** How many bytes it takes in a log; 0 where there is none. */
  int size() {
    return size;
  }
}
