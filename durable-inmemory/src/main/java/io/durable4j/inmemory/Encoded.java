package io.durable4j.inmemory;

import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.MessageId;
import io.durable4j.message.Codec;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An outbound message in its stored form, made outside the lock. */
record Encoded(
    MessageId id,
    @Nullable String name,
    QueueId to,
    Instant visibleAt,
    boolean claim,
    byte[] bytes) {
  static Encoded of(Outbound o) {
    String name =
        o.message().event().body() instanceof TaskScheduled t
            ? t.name().toLowerCase(Locale.ROOT)
            : null;
    return new Encoded(
        o.message().id(), name, o.to(), o.visibleAt(), o.claim(), Codec.encode(o.message()));
  }

  static List<Encoded> of(List<Outbound> all) {
    return all.stream().map(Encoded::of).toList();
  }
}
