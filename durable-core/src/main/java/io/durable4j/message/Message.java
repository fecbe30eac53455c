package io.durable4j.message;

import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way. Its identity is {@link #id()}; two messages with one id are one message.
 *
 * @param to the instance that it is for; of an activity's message, the one that called
 * @param from the instance that sent it; null from a client
 * @param event the event; its {@code message} is never null
 */
public record Message(Address to, @Nullable Address from, HistoryEvent event) {
  /** Refuses a message without identity. */
  public Message {
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(event.message(), "event.message");
  }

  /**
   * The identity.
   *
   * @return the event's message id
   */
  public MessageId id() {
    return Objects.requireNonNull(event.message());
  }
}
