package io.durable4j.azurestorage.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.durable4j.data.DurableException;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it was read. Absent members and nulls are nulls; names of types do not count as
 * members of what has no fixed ones.
 *
 * @param all names and values: maps, lists, scalars
 */
record Members(Map<String, @Nullable Object> all) {
  static final String TYPE = "$type";

  /**
   * Reads a text, which has to be an object.
   *
   * @throws DurableException when it is none
   */
  static Members parse(String json) {
    try (JsonParser p = Json.FACTORY.createParser(json)) {
      if (p.nextToken() != JsonToken.START_OBJECT) {
        throw new DurableException("This is no JSON object");
      }
      Members members = new Members(object(p));
      if (p.nextToken() != null) {
        throw new DurableException("Something stands behind the JSON object");
      }
      return members;
    } catch (IOException e) {
      throw new DurableException("This is no JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser p) throws IOException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      all.put(name, value(p));
    }
    return all;
  }

  private static @Nullable Object value(JsonParser p) throws IOException {
    return switch (p.currentToken()) {
      case START_OBJECT -> object(p);
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(p));
        }
        yield items;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> p.getNumberValue();
      default -> p.getText();
    };
  }

  @Nullable Object get(String name) {
    return all.get(name);
  }

  String need(String name) {
    String value = text(name);
    if (value == null) {
      throw new DurableException("The member '" + name + "' is missing");
    }
    return value;
  }

  @Nullable String text(String name) {
    Object v = all.get(name);
    return v == null ? null : v.toString();
  }

  int number(String name, int absent) {
    return all.get(name) instanceof Number n ? n.intValue() : absent;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(all.get(name));
  }

  @Nullable MessageId id(String name) {
    String text = text(name);
    return text == null ? null : new MessageId(UUID.fromString(text));
  }

  @Nullable Members object(String name) {
    return all.get(name) instanceof Map<?, ?> map ? new Members(copy(map)) : null;
  }

  Members needObject(String name) {
    Members object = object(name);
    if (object == null) {
      throw new DurableException("The member '" + name + "' is missing");
    }
    return object;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  /** An instance, or one execution of it; null when it is absent or has no id. */
  @Nullable Address instance(String name) {
    Members m = object(name);
    return m == null ? null : m.instance();
  }

  /** The instance, or one execution of it, that this object is; null when it has no id. */
  @Nullable Address instance() {
    String id = text("InstanceId");
    if (id == null || id.isEmpty()) {
      return null;
    }
    String execution = text("ExecutionId");
    return new Address(new InstanceId(id), execution == null ? null : new ExecutionId(execution));
  }

  /** The members as what they are: a dictionary, whose values are texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (!name.equals(TYPE) && value != null) {
            texts.put(name, value.toString());
          }
        });
    return texts;
  }

  /** The members as what they are: a dictionary of any values but nulls. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          Object plain = withoutTypes(value);
          if (!name.equals(TYPE) && plain != null) {
            values.put(name, plain);
          }
        });
    return values;
  }

  private static @Nullable Object withoutTypes(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach(
          (name, v) -> {
            if (!TYPE.equals(name)) {
              plain.put(String.valueOf(name), withoutTypes(v));
            }
          });
      return plain;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(v -> plain.add(withoutTypes(v)));
      return plain;
    }
    return value;
  }
}
