package io.durable4j.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.durable4j.data.DurableException;
import io.durable4j.history.HistoryEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** One event of a history as people read it: as it is stored, with payloads as JSON. */
final class HistoryLine {
  private static final String AS_TEXT = "Text";

  private HistoryLine() {}

  static String write(HistoryEvent event) {
    StringWriter line = new StringWriter();
    try (JsonParser p = Json.FACTORY.createParser(Codec.encode(event));
        JsonGenerator g = Json.FACTORY.createGenerator(line)) {
      p.nextToken();
      g.writeStartObject();
      for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
        JsonToken value = p.nextToken();
        if (isPayload(name) && value == JsonToken.VALUE_STRING) {
          writePayload(g, name, p.getText());
        } else {
          g.writeFieldName(name);
          copy(p, g);
        }
      }
      g.writeEndObject();
    } catch (IOException e) {
      throw new DurableException("Damaged record: " + e.getMessage(), e);
    }
    return line.toString();
  }

  private static boolean isPayload(String name) {
    return name.equals("input") || name.equals("result");
  }

  /** As JSON only where that gives the very same text when it is read. */
  private static void writePayload(JsonGenerator g, String name, String text) throws IOException {
    if (text.equals(compact(text))) {
      g.writeFieldName(name);
      g.writeRawValue(text);
    } else {
      g.writeFieldName(name + AS_TEXT);
      g.writeString(text);
    }
  }

  /** The text as JSON without spaces; null when it is no JSON. */
  private static @Nullable String compact(String text) {
    try (JsonParser p = Json.FACTORY.createParser(text)) {
      if (p.nextToken() == null) {
        return null;
      }
      String copy = compact(p);
      return p.nextToken() == null ? copy : null;
    } catch (JacksonException e) {
      return null;
    } catch (IOException e) {
      throw new DurableException("A text in memory cannot be read: " + e.getMessage(), e);
    }
  }

  private static String compact(JsonParser p) throws IOException {
    StringWriter copy = new StringWriter();
    try (JsonGenerator g = Json.FACTORY.createGenerator(copy)) {
      copy(p, g);
    }
    return copy.toString();
  }

  /** The event at which the parser is, in its stored form; the parser is at its end then. */
  static byte[] read(JsonParser p) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (JsonGenerator g = Json.FACTORY.createGenerator(stored)) {
      g.writeStartObject();
      for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
        p.nextToken();
        if (isPayload(name)) {
          g.writeStringField(name, compact(p));
        } else if (isPayloadAsText(name) && p.currentToken() == JsonToken.VALUE_STRING) {
          g.writeStringField(name.substring(0, name.length() - AS_TEXT.length()), p.getText());
        } else {
          g.writeFieldName(name);
          copy(p, g);
        }
      }
      g.writeEndObject();
    }
    return stored.toByteArray();
  }

  private static boolean isPayloadAsText(String name) {
    return name.endsWith(AS_TEXT) && isPayload(name.substring(0, name.length() - AS_TEXT.length()));
  }

  static String quoted(String text) {
    StringWriter out = new StringWriter();
    try (JsonGenerator g = Json.FACTORY.createGenerator(out)) {
      g.writeString(text);
    } catch (IOException e) {
      throw new DurableException("Cannot encode: " + e.getMessage(), e);
    }
    return out.toString();
  }

  /** Copies the value at which the parser is, numbers digit by digit. */
  private static void copy(JsonParser p, JsonGenerator g) throws IOException {
    int depth = 0;
    do {
      switch (p.currentToken()) {
        case START_OBJECT -> {
          g.writeStartObject();
          depth++;
        }
        case START_ARRAY -> {
          g.writeStartArray();
          depth++;
        }
        case END_OBJECT -> {
          g.writeEndObject();
          depth--;
        }
        case END_ARRAY -> {
          g.writeEndArray();
          depth--;
        }
        case FIELD_NAME -> g.writeFieldName(p.currentName());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> g.writeNumber(p.getText());
        default -> g.copyCurrentEvent(p);
      }
    } while (depth > 0 && p.nextToken() != null);
  }
}
