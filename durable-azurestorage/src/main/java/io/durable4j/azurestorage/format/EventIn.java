package io.durable4j.azurestorage.format;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where an event's members come from: a message or a row. */
interface EventIn {
  @Nullable String text(String name);

  int number(String name, int absent);

  boolean flag(String name);

  @Nullable Instant time(String name);

  @Nullable OrchestrationStatus status(String name);

  @Nullable Address instance(String name);

  @Nullable ParentLink parent(String name);

  @Nullable FailureDetails failure(String name);

  Map<String, String> tags(String name);

  /** The whole body as JSON, for a kind that is not known. */
  String body();

  default String textOr(String name, String absent) {
    String text = text(name);
    return text == null ? absent : text;
  }

  default String need(String name) {
    return needed(name, text(name));
  }

  default Instant needTime(String name) {
    return needed(name, time(name));
  }

  static <T> T needed(String name, @Nullable T value) {
    if (value == null) {
      throw new DurableException("'" + name + "' is missing");
    }
    return value;
  }

  default @Nullable Payload payload(String name) {
    String text = text(name);
    return text == null ? null : new Payload(text);
  }

  default @Nullable MessageId id(String name) {
    String text = text(name);
    return text == null ? null : new MessageId(UUID.fromString(text));
  }
}
