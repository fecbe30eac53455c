package io.durable4j.internal.entity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.InstanceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members that several kinds of records have, and the Jackson that reads and writes them. */
final class Members {
  // a pool of its own: buffers kept by thread would be made anew on each virtual thread
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Members() {}

  /** Reads one member of an object; the parser is at its value. */
  interface Reader {
    void member(JsonParser p, String name) throws IOException;
  }

  /** Reads the members of the object, or null, that the parser is at. */
  static void each(JsonParser p, Reader reader) throws IOException {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (p.currentToken() != JsonToken.START_OBJECT) {
      throw new DurableException("this is no JSON object");
    }
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      reader.member(p, name);
    }
  }

  static @Nullable String text(JsonParser p) throws IOException {
    JsonToken token = p.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!token.isScalarValue()) {
      throw new DurableException("the member '" + p.currentName() + "' is no text");
    }
    return p.getText();
  }

  static @Nullable Payload payload(JsonParser p) throws IOException {
    String text = text(p);
    return text == null ? null : new Payload(text);
  }

  static @Nullable InstanceId instance(JsonParser p) throws IOException {
    String text = text(p);
    return text == null || text.isEmpty() ? null : new InstanceId(text);
  }

  static <T> T need(@Nullable T value, String name) {
    if (value == null) {
      throw new DurableException("the member '" + name + "' is missing");
    }
    return value;
  }

  static void text(JsonGenerator g, String name, @Nullable String value) throws IOException {
    if (value != null) {
      g.writeStringField(name, value);
    }
  }

  /** A list of entities, or null. */
  static @Nullable List<InstanceId> entities(JsonParser p) throws IOException {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (p.currentToken() != JsonToken.START_ARRAY) {
      throw new DurableException("the member '" + p.currentName() + "' is no list");
    }
    List<InstanceId> all = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      @Nullable String[] nameAndKey = new String[2];
      each(
          p,
          (at, member) -> {
            switch (member) {
              case "name" -> nameAndKey[0] = text(at);
              case "key" -> nameAndKey[1] = text(at);
              default -> at.skipChildren();
            }
          });
      all.add(new InstanceId("@" + need(nameAndKey[0], "name") + "@" + need(nameAndKey[1], "key")));
    }
    return all;
  }

  static void entities(JsonGenerator g, String name, List<InstanceId> all) throws IOException {
    g.writeArrayFieldStart(name);
    for (InstanceId id : all) {
      int second = id.value().indexOf('@', 1);
      g.writeStartObject();
      g.writeStringField("name", id.value().substring(1, second));
      g.writeStringField("key", id.value().substring(second + 1));
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
