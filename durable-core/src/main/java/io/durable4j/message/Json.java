package io.durable4j.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.MessageId;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading and writing of the small parts that every record has. Absent members are nulls. */
final class Json {
  static final ObjectMapper MAPPER = JsonMapper.builder().build();
  static final JsonFactory FACTORY = MAPPER.getFactory();

  private Json() {}

  static void text(JsonGenerator g, String name, @Nullable Object value) throws IOException {
    if (value != null) {
      g.writeStringField(name, value.toString());
    }
  }

  static void payload(JsonGenerator g, String name, @Nullable Payload value) throws IOException {
    if (value != null) {
      g.writeStringField(name, value.text());
    }
  }

  static void tags(JsonGenerator g, Map<String, String> tags) throws IOException {
    if (!tags.isEmpty()) {
      g.writeObjectFieldStart("tags");
      for (var e : new TreeMap<>(tags).entrySet()) {
        g.writeStringField(e.getKey(), e.getValue());
      }
      g.writeEndObject();
    }
  }

  static void failure(JsonGenerator g, String name, @Nullable FailureDetails f) throws IOException {
    if (f == null) {
      return;
    }
    g.writeObjectFieldStart(name);
    g.writeStringField("type", f.type());
    g.writeStringField("message", f.message());
    text(g, "stack", f.stack());
    failure(g, "cause", f.cause());
    if (f.nonRetriable()) {
      g.writeBooleanField("nonRetriable", true);
    }
    if (!f.properties().isEmpty()) {
      g.writeFieldName("properties");
      MAPPER.writeValue(g, new TreeMap<>(f.properties()));
    }
    g.writeEndObject();
  }

  static String need(JsonNode n, String name) {
    String value = string(n, name);
    if (value == null) {
      throw new DurableException("The member '" + name + "' is missing in " + n);
    }
    return value;
  }

  static @Nullable String string(JsonNode n, String name) {
    JsonNode v = n.get(name);
    return v == null || v.isNull() ? null : v.asText();
  }

  static int number(JsonNode n, String name, int absent) {
    JsonNode v = n.get(name);
    return v == null ? absent : v.asInt();
  }

  static boolean flag(JsonNode n, String name) {
    JsonNode v = n.get(name);
    return v != null && v.asBoolean();
  }

  static @Nullable Payload payload(JsonNode n, String name) {
    String text = string(n, name);
    return text == null ? null : new Payload(text);
  }

  static @Nullable Instant instant(JsonNode n, String name) {
    String text = string(n, name);
    return text == null ? null : Instant.parse(text);
  }

  static @Nullable MessageId messageId(JsonNode n, String name) {
    String text = string(n, name);
    return text == null ? null : new MessageId(UUID.fromString(text));
  }

  static Map<String, String> tags(JsonNode n) {
    Map<String, String> tags = new LinkedHashMap<>();
    JsonNode v = n.get("tags");
    if (v != null) {
      v.properties().forEach(e -> tags.put(e.getKey(), e.getValue().asText()));
    }
    return tags;
  }

  static @Nullable FailureDetails failure(JsonNode n, String name) {
    JsonNode f = n.get(name);
    if (f == null || f.isNull()) {
      return null;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    JsonNode p = f.get("properties");
    if (p != null) {
      p.properties()
          .forEach(
              e -> properties.put(e.getKey(), MAPPER.convertValue(e.getValue(), Object.class)));
    }
    return new FailureDetails(
        need(f, "type"),
        need(f, "message"),
        string(f, "stack"),
        failure(f, "cause"),
        flag(f, "nonRetriable"),
        properties);
  }
}
