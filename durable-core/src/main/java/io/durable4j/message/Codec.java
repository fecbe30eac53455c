package io.durable4j.message;

import static io.durable4j.message.Json.failure;
import static io.durable4j.message.Json.instant;
import static io.durable4j.message.Json.need;
import static io.durable4j.message.Json.number;
import static io.durable4j.message.Json.payload;
import static io.durable4j.message.Json.string;
import static io.durable4j.message.Json.tags;
import static io.durable4j.message.Json.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.durable4j.data.DurableException;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own JSON form of events, states and messages: one object each, UTF-8, absent members
 * are nulls, payloads are strings. Members and kinds that this version does not know are skipped,
 * or kept as {@link io.durable4j.history.EventBody.Unknown}.
 */
public final class Codec {
  private Codec() {}

  /**
   * Encodes an event.
   *
   * @param event the event
   * @return its JSON in UTF-8
   */
  public static byte[] encode(HistoryEvent event) {
    return bytes(g -> EventJson.write(g, event));
  }

  /**
   * Decodes an event.
   *
   * @param json its JSON in UTF-8
   * @return the event
   * @throws DurableException when the text is no event
   */
  public static HistoryEvent event(byte[] json) {
    return decode(json, EventJson::read);
  }

  /**
   * Encodes a state.
   *
   * @param s the state
   * @return its JSON in UTF-8
   */
  public static byte[] encode(InstanceState s) {
    return bytes(
        g -> {
          InstanceState.Start start = s.start();
          InstanceState.Progress p = s.progress();
          g.writeStartObject();
          text(g, "instance", s.id());
          text(g, "execution", s.execution());
          text(g, "name", start.name());
          text(g, "version", start.version());
          payload(g, "input", start.input());
          tags(g, start.tags());
          EventJson.writeParent(g, start.parent());
          text(g, "createdAt", start.createdAt());
          text(g, "scheduledFor", start.scheduledFor());
          g.writeNumberField("generation", start.generation());
          text(g, "status", p.status());
          text(g, "updatedAt", p.updatedAt());
          text(g, "completedAt", p.completedAt());
          payload(g, "output", p.output());
          failure(g, "failure", p.failure());
          payload(g, "customStatus", p.customStatus());
          strings(g, "awaitedEvents", p.awaitedEvents());
          if (p.parked() != null) {
            g.writeObjectFieldStart("parked");
            text(g, "reason", p.parked().reason());
            text(g, "since", p.parked().since());
            g.writeEndObject();
          }
          strings(g, "consumed", s.consumed());
          g.writeEndObject();
        });
  }

  /**
   * Decodes a state.
   *
   * @param json its JSON in UTF-8
   * @return the state
   * @throws DurableException when the text is no state
   */
  public static InstanceState state(byte[] json) {
    return decode(
        json,
        n -> {
          JsonNode parked = n.get("parked");
          return new InstanceState(
              new InstanceId(need(n, "instance")),
              new ExecutionId(need(n, "execution")),
              new InstanceState.Start(
                  need(n, "name"),
                  need(n, "version"),
                  payload(n, "input"),
                  tags(n),
                  EventJson.readParent(n),
                  needInstant(n, "createdAt"),
                  instant(n, "scheduledFor"),
                  number(n, "generation", 0)),
              new InstanceState.Progress(
                  OrchestrationStatus.valueOf(need(n, "status")),
                  needInstant(n, "updatedAt"),
                  instant(n, "completedAt"),
                  payload(n, "output"),
                  failure(n, "failure"),
                  payload(n, "customStatus"),
                  strings(n, "awaitedEvents"),
                  parked == null
                      ? null
                      : new InstanceState.Parked(
                          need(parked, "reason"), needInstant(parked, "since"))),
              strings(n, "consumed").stream()
                  .map(id -> new MessageId(UUID.fromString(id)))
                  .toList());
        });
  }

  /**
   * Encodes a message.
   *
   * @param m the message
   * @return its JSON in UTF-8
   */
  public static byte[] encode(Message m) {
    return bytes(
        g -> {
          g.writeStartObject();
          address(g, "to", m.to());
          address(g, "from", m.from());
          g.writeFieldName("event");
          EventJson.write(g, m.event());
          g.writeEndObject();
        });
  }

  /**
   * Decodes a message.
   *
   * @param json its JSON in UTF-8
   * @return the message
   * @throws DurableException when the text is no message
   */
  public static Message message(byte[] json) {
    return decode(
        json,
        n ->
            new Message(
                Objects.requireNonNull(address(n.get("to")), "to"),
                address(n.get("from")),
                EventJson.read(n.get("event"))));
  }

  /**
   * A history for people and tools: a JSON array with an event a line, payloads as JSON where they
   * are.
   *
   * @param history the events
   * @return the text
   */
  public static String historyJson(List<HistoryEvent> history) {
    StringBuilder out = new StringBuilder("[");
    String separator = "\n  ";
    for (HistoryEvent e : history) {
      JsonNode node = decode(encode(e), n -> n);
      for (String name : List.of("input", "result")) {
        JsonNode text = node.get(name);
        if (text != null && node instanceof com.fasterxml.jackson.databind.node.ObjectNode o) {
          o.set(name, asJson(text));
        }
      }
      out.append(separator).append(node);
      separator = ",\n  ";
    }
    return out.append("\n]").toString();
  }

  private static JsonNode asJson(JsonNode text) {
    try {
      JsonNode parsed = Json.MAPPER.readTree(text.asText());
      return parsed.isMissingNode() ? text : parsed;
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return text;
    }
  }

  private static void address(JsonGenerator g, String name, @Nullable Address a)
      throws IOException {
    if (a != null) {
      g.writeObjectFieldStart(name);
      text(g, "instance", a.instance());
      text(g, "execution", a.execution());
      g.writeEndObject();
    }
  }

  private static @Nullable Address address(@Nullable JsonNode n) {
    if (n == null) {
      return null;
    }
    String execution = string(n, "execution");
    return new Address(
        new InstanceId(need(n, "instance")), execution == null ? null : new ExecutionId(execution));
  }

  private static void strings(JsonGenerator g, String name, List<?> values) throws IOException {
    if (!values.isEmpty()) {
      g.writeArrayFieldStart(name);
      for (Object v : values) {
        g.writeString(v.toString());
      }
      g.writeEndArray();
    }
  }

  private static List<String> strings(JsonNode n, String name) {
    List<String> values = new ArrayList<>();
    JsonNode array = n.get(name);
    if (array != null) {
      array.forEach(v -> values.add(v.asText()));
    }
    return values;
  }

  private static Instant needInstant(JsonNode n, String name) {
    return Instant.parse(need(n, name));
  }

  private static byte[] bytes(Writer body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator g = Json.FACTORY.createGenerator(out)) {
      body.write(g);
    } catch (IOException e) {
      throw new DurableException("Cannot encode: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  private static <T> T decode(byte[] json, Reader<T> body) {
    try {
      return body.read(Json.MAPPER.readTree(json));
    } catch (IOException | RuntimeException e) {
      throw new DurableException("Damaged record: " + e.getMessage(), e);
    }
  }

  private interface Writer {
    void write(JsonGenerator g) throws IOException;
  }

  private interface Reader<T> {
    T read(JsonNode n) throws IOException;
  }
}
