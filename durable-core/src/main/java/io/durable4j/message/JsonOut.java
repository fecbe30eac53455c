package io.durable4j.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.MessageId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the small parts that every record has. Nulls are not written. For one thread. */
final class JsonOut {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final JsonGenerator g;
  private final char[] uuid = new char[36];

  // the events of a turn share their time
  private final char[] timeText = new char[TimeText.MAX_LENGTH];
  private int timeLength;
  private @Nullable Instant time;

  JsonOut(JsonGenerator g) {
    this.g = g;
  }

  JsonGenerator generator() {
    return g;
  }

  void begin() throws IOException {
    g.writeStartObject();
  }

  void begin(String name) throws IOException {
    g.writeFieldName(name);
    g.writeStartObject();
  }

  void end() throws IOException {
    g.writeEndObject();
  }

  void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      g.writeFieldName(name);
      g.writeString(value);
    }
  }

  void number(String name, int value) throws IOException {
    g.writeFieldName(name);
    g.writeNumber(value);
  }

  void flag(String name, boolean value) throws IOException {
    if (value) {
      g.writeFieldName(name);
      g.writeBoolean(true);
    }
  }

  void payload(String name, @Nullable Payload value) throws IOException {
    if (value != null) {
      text(name, value.text());
    }
  }

  void time(String name, @Nullable Instant value) throws IOException {
    if (value == null) {
      return;
    }
    if (!TimeText.isPlain(value)) {
      text(name, value.toString());
      return;
    }
    if (!value.equals(time)) {
      timeLength = TimeText.write(value, timeText);
      time = value;
    }
    g.writeFieldName(name);
    g.writeString(timeText, 0, timeLength);
  }

  void id(String name, @Nullable MessageId id) throws IOException {
    if (id != null) {
      g.writeFieldName(name);
      id(id);
    }
  }

  void id(MessageId id) throws IOException {
    UUID value = id.value();
    long high = value.getMostSignificantBits();
    long low = value.getLeastSignificantBits();
    hex(0, 8, high >>> 32);
    hex(9, 4, high >>> 16);
    hex(14, 4, high);
    hex(19, 4, low >>> 48);
    hex(24, 12, low);
    g.writeString(uuid, 0, uuid.length);
  }

  private void hex(int at, int count, long value) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      uuid[i] = HEX[(int) rest & 0xF];
      rest >>>= 4;
    }
    if (at > 0) {
      uuid[at - 1] = '-';
    }
  }

  void tags(Map<String, String> tags) throws IOException {
    if (!tags.isEmpty()) {
      begin("tags");
      for (var e : new TreeMap<>(tags).entrySet()) {
        text(e.getKey(), e.getValue());
      }
      end();
    }
  }

  void failure(String name, @Nullable FailureDetails f) throws IOException {
    if (f == null) {
      return;
    }
    begin(name);
    text("type", f.type());
    text("message", f.message());
    text("stack", f.stack());
    failure("cause", f.cause());
    flag("nonRetriable", f.nonRetriable());
    if (!f.properties().isEmpty()) {
      g.writeFieldName("properties");
      Json.MAPPER.writeValue(g, new TreeMap<>(f.properties()));
    }
    end();
  }
}
