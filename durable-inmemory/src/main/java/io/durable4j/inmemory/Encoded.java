package io.durable4j.inmemory;

import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.MessageId;
import io.durable4j.message.Encoder;
import io.durable4j.message.Message;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An outbound message in its stored form, made outside the lock.
 *
 * @param id its identity
 * @param name the activity's name in lower case; null of other messages
 * @param to its queue
 * @param visibleAt from when it may be received
 * @param claim the message itself when the sender asks to keep it, else null: a claimed message
 *     goes back to who gave it, so there is nothing to read from storage
 * @param text the encoded message
 */
record Encoded(
    MessageId id,
    @Nullable String name,
    QueueId to,
    Instant visibleAt,
    @Nullable Message claim,
    MessageText text) {
  static Encoded of(Outbound o, Encoder encoder, boolean logged) {
    Message m = o.message();
    String name =
        m.event().body() instanceof TaskScheduled t ? t.name().toLowerCase(Locale.ROOT) : null;
    MessageText text =
        o.claim() && !logged ? MessageText.later(m) : MessageText.of(encoder.encode(m));
    return new Encoded(m.id(), name, o.to(), o.visibleAt(), o.claim() ? m : null, text);
  }

  static Encoded of(Outbound o, OpenHub hub) {
    try (Encoder encoder = hub.encoders().take()) {
      return of(o, encoder, hub.isLogged());
    }
  }

  /**
   * Encodes messages.
   *
   * @param logged whether a log needs the bytes of each
   */
  static List<Encoded> of(List<Outbound> all, Encoder encoder, boolean logged) {
    List<Encoded> encoded = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      encoded.add(of(all.get(i), encoder, logged));
    }
    return encoded;
  }
}
