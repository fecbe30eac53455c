package io.durable4j.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.MessageId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it was read: names and values in turn. A record has few members, so a lookup
 * walks; of a name that comes twice the later one counts. Absent members and nulls are nulls.
 */
final class Members {
  private @Nullable Object[] pairs = new Object[20];
  private int size;

  private Members() {}

  /**
   * Reads the next value, which has to be an object.
   *
   * @throws DurableException when it is none
   */
  static Members read(JsonParser p) throws IOException {
    if (p.nextToken() != JsonToken.START_OBJECT) {
      throw new DurableException("This is no JSON object");
    }
    return rest(p);
  }

  private static Members rest(JsonParser p) throws IOException {
    Members m = new Members();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      m.add(name, value(p));
    }
    return m;
  }

  private static @Nullable Object value(JsonParser p) throws IOException {
    return switch (p.currentToken()) {
      case START_OBJECT -> rest(p);
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

  private void add(String name, @Nullable Object value) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
    }
    pairs[size++] = name;
    pairs[size++] = value;
  }

  private @Nullable Object get(String name) {
    int at = find(name);
    return at < 0 ? null : pairs[at + 1];
  }

  private int find(String name) {
    int at = size - 2;
    while (at >= 0 && !name.equals(pairs[at])) {
      at -= 2;
    }
    return at;
  }

  String need(String name) {
    String value = text(name);
    if (value == null) {
      throw new DurableException("The member '" + name + "' is missing in " + plain());
    }
    return value;
  }

  @Nullable String text(String name) {
    Object v = get(name);
    return v == null ? null : v.toString();
  }

  int number(String name, int absent) {
    return get(name) instanceof Number n ? n.intValue() : absent;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(get(name));
  }

  boolean has(String name) {
    return find(name) >= 0;
  }

  /** A member as JSON text. */
  String json(String name) throws IOException {
    return Json.MAPPER.writeValueAsString(plain(get(name)));
  }

  /** All members as JSON text. */
  String json() throws IOException {
    return Json.MAPPER.writeValueAsString(plain());
  }

  @Nullable Members object(String name) {
    return get(name) instanceof Members m ? m : null;
  }

  @Nullable Payload payload(String name) {
    String text = text(name);
    return text == null ? null : new Payload(text);
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    return text == null ? null : TimeText.parse(text);
  }

  Instant needTime(String name) {
    return TimeText.parse(need(name));
  }

  @Nullable MessageId id(String name) {
    String text = text(name);
    return text == null ? null : new MessageId(UUID.fromString(text));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (get(name) instanceof List<?> items) {
      items.forEach(v -> texts.add(String.valueOf(v)));
    }
    return texts;
  }

  Map<String, String> tags() {
    Members tags = object("tags");
    if (tags == null) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    tags.plain().forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  @Nullable FailureDetails failure(String name) {
    Members f = object(name);
    if (f == null) {
      return null;
    }
    Members properties = f.object("properties");
    return new FailureDetails(
        f.need("type"),
        f.need("message"),
        f.text("stack"),
        f.failure("cause"),
        f.flag("nonRetriable"),
        properties == null ? Map.of() : properties.plain());
  }

  /** The same as plain maps, lists and scalars. */
  private Map<String, Object> plain() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < size; i += 2) {
      all.put((String) pairs[i], plain(pairs[i + 1]));
    }
    return all;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Members m) {
      return m.plain();
    }
    return value instanceof List<?> items ? items.stream().map(Members::plain).toList() : value;
  }
}
