package io.durable4j.message;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message as a JSON object: {@code to}, {@code from}, {@code event}. */
final class MessageJson {
  private MessageJson() {}

  static void write(JsonOut out, Message m) throws IOException {
    out.begin();
    address(out, "to", m.to());
    address(out, "from", m.from());
    out.generator().writeFieldName("event");
    EventJson.write(out, m.event());
    out.end();
  }

  static Message read(Members m) throws IOException {
    return new Message(
        Objects.requireNonNull(address(m.object("to")), "to"),
        address(m.object("from")),
        EventJson.read(Objects.requireNonNull(m.object("event"), "event")));
  }

  private static void address(JsonOut out, String name, @Nullable Address a) throws IOException {
    if (a != null) {
      out.begin(name);
      out.text("instance", a.instance().value());
      out.text("execution", a.execution() == null ? null : a.execution().value());
      out.end();
    }
  }

  private static @Nullable Address address(@Nullable Members m) {
    if (m == null) {
      return null;
    }
    String execution = m.text("execution");
    return new Address(
        new InstanceId(m.need("instance")), execution == null ? null : new ExecutionId(execution));
  }
}
