package io.durable4j.azurestorage.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.durable4j.data.DurableException;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON that may stand in XML and in UTF-8: characters that may not are escaped. */
final class Json {
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          // payloads have the limits of storage, not of the parser
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private Json() {}

  interface Body {
    void write(JsonGenerator g) throws IOException;
  }

  static String write(Body body) {
    StringWriter text = new StringWriter(600);
    try (JsonGenerator g = FACTORY.createGenerator(text)) {
      body.write(g);
    } catch (IOException e) {
      throw new DurableException("Cannot encode: " + e.getMessage(), e);
    }
    return safe(text.toString());
  }

  /** Such characters stand only within strings, where the escape means the same. */
  private static String safe(String json) {
    int length = json.length();
    int i = 0;
    while (i < length && !isUnsafe(json, i)) {
      i += isPair(json, i) ? 2 : 1;
    }
    if (i >= length) {
      return json;
    }
    StringBuilder out = new StringBuilder(length + 32).append(json, 0, i);
    while (i < length) {
      char c = json.charAt(i);
      if (isPair(json, i)) {
        out.append(c).append(json.charAt(i + 1));
        i += 2;
        continue;
      }
      if (isUnsafe(json, i)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
      i++;
    }
    return out.toString();
  }

  private static boolean isPair(String s, int i) {
    return Character.isHighSurrogate(s.charAt(i))
        && i + 1 < s.length()
        && Character.isLowSurrogate(s.charAt(i + 1));
  }

  private static boolean isUnsafe(String s, int i) {
    char c = s.charAt(i);
    return c >= 0x7F && (c < 0xA0 || c >= 0xFFFE || (Character.isSurrogate(c) && !isPair(s, i)));
  }

  /** Writes a value of plain maps, lists and scalars. */
  static void value(JsonGenerator g, @Nullable Object value) throws IOException {
    if (value == null) {
      g.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      g.writeStartObject();
      for (var e : map.entrySet()) {
        g.writeFieldName(String.valueOf(e.getKey()));
        value(g, e.getValue());
      }
      g.writeEndObject();
    } else if (value instanceof List<?> list) {
      g.writeStartArray();
      for (Object item : list) {
        value(g, item);
      }
      g.writeEndArray();
    } else if (value instanceof Boolean b) {
      g.writeBoolean(b);
    } else if (value instanceof Number n) {
      number(g, n);
    } else {
      g.writeString(value.toString());
    }
  }

  private static void number(JsonGenerator g, Number n) throws IOException {
    if (n instanceof Double || n instanceof Float) {
      g.writeNumber(n.doubleValue());
    } else if (n instanceof BigDecimal d) {
      g.writeNumber(d);
    } else if (n instanceof BigInteger i) {
      g.writeNumber(i);
    } else {
      g.writeNumber(n.longValue());
    }
  }
}
