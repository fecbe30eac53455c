package io.durable4j.inmemory;

import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.MessageId;
import io.durable4j.message.Encoder;
import io.durable4j.message.Encoders;
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
 * @param bytes the encoded message
 */
record Encoded(
    MessageId id,
    @Nullable String name,
    QueueId to,
    Instant visibleAt,
    @Nullable Message claim,
    byte[] bytes) {
  static Encoded of(Outbound o, Encoder encoder) {
    Message m = o.message();
    String name =
        m.event().body() instanceof TaskScheduled t ? t.name().toLowerCase(Locale.ROOT) : null;
    return new Encoded(
        m.id(), name, o.to(), o.visibleAt(), o.claim() ? m : null, encoder.encode(m));
  }

  static Encoded of(Outbound o, Encoders encoders) {
    try (Encoder encoder = encoders.take()) {
      return of(o, encoder);
    }
  }

  static List<Encoded> of(List<Outbound> all, Encoder encoder) {
    List<Encoded> encoded = new ArrayList<>(all.size());
    for (Outbound o : all) {
      encoded.add(of(o, encoder));
    }
    return encoded;
  }
}
