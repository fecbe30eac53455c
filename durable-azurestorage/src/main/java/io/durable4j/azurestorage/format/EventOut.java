package io.durable4j.azurestorage.format;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an event's members go, in their order: a message or a row. */
interface EventOut {
  void text(String name, @Nullable String value) throws IOException;

  void number(String name, int value) throws IOException;

  void flag(String name, boolean value) throws IOException;

  /** A time, with the exact one beside it where the family's form cannot hold it. */
  void time(String name, @Nullable Instant value) throws IOException;

  void status(String name, OrchestrationStatus value) throws IOException;

  void instance(String name, Address value) throws IOException;

  void parent(String name, @Nullable ParentLink value) throws IOException;

  void failure(String name, @Nullable FailureDetails value) throws IOException;

  void tags(String name, Map<String, String> value) throws IOException;

  /** An object that this engine never has. */
  void noObject(String name) throws IOException;

  default void payload(String name, @Nullable Payload value) throws IOException {
    text(name, value == null ? null : value.text());
  }

  /** One that is written only when it is there. */
  default void extra(String name, @Nullable Object value) throws IOException {
    if (value != null) {
      text(name, value.toString());
    }
  }

  /** One that is written only when it is set. */
  default void extraFlag(String name, boolean value) throws IOException {
    if (value) {
      flag(name, true);
    }
  }

  default void id(String name, @Nullable MessageId value) throws IOException {
    extra(name, value);
  }
}
