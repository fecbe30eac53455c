package io.durable4j.azurestorage.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event within a message. Its type stands first: readers of the family need it there. */
final class JsonEvent {
  private static final String EVENT_TYPE = "EventType";
  private static final String TIMESTAMP = "Timestamp";

  /** What is common to all kinds, and so no part of the body. */
  private static final Set<String> COMMON =
      Set.of(Members.TYPE, "EventId", "IsPlayed", TIMESTAMP, Extras.exact(TIMESTAMP));

  private JsonEvent() {}

  static void write(JsonGenerator g, HistoryEvent e) throws IOException {
    Out out = new Out(g);
    EventBody body = e.body();
    String kind = Family.nameOf(body);
    g.writeStartObject();
    g.writeStringField(Members.TYPE, Family.typeOf(kind));
    if (body instanceof Unknown u) {
      for (var member : Members.parse(u.json()).all().entrySet()) {
        g.writeFieldName(member.getKey());
        Json.value(g, member.getValue());
      }
    } else {
      EventWriter.head(out, body);
      g.writeNumberField(EVENT_TYPE, Family.numberOf(kind));
      EventWriter.write(out, e.eventId(), body);
    }
    g.writeNumberField("EventId", e.eventId());
    g.writeBooleanField("IsPlayed", false);
    out.time(TIMESTAMP, e.timestamp());
    g.writeEndObject();
  }

  static HistoryEvent read(Members m, MessageId message) {
    In in = new In(m);
    String type = m.text(Members.TYPE);
    String kind = type == null ? Family.kindOf(m.number(EVENT_TYPE, -1)) : Family.kindOfType(type);
    int eventId = m.number("EventId", HistoryEvent.NO_ACTION);
    Instant time = in.time(TIMESTAMP);
    return new HistoryEvent(
        eventId,
        time == null ? Instant.EPOCH : time,
        message,
        EventReader.read(in, EventIn.needed("$type of the event", kind), eventId));
  }

  private record Out(JsonGenerator g) implements EventOut {
    private static final Parts PARTS = new Parts(true);

    @Override
    public void text(String name, @Nullable String value) throws IOException {
      g.writeStringField(name, value);
    }

    @Override
    public void number(String name, int value) throws IOException {
      g.writeNumberField(name, value);
    }

    @Override
    public void flag(String name, boolean value) throws IOException {
      g.writeBooleanField(name, value);
    }

    @Override
    public void time(String name, @Nullable Instant value) throws IOException {
      text(name, value == null ? null : Times.text(value));
      if (value != null && !Times.isHeld(value)) {
        text(Extras.exact(name), value.toString());
      }
    }

    @Override
    public void status(String name, OrchestrationStatus value) throws IOException {
      number(name, Family.numberOf(value));
    }

    @Override
    public void instance(String name, Address value) throws IOException {
      g.writeFieldName(name);
      PARTS.instance(g, value);
    }

    @Override
    public void parent(String name, @Nullable ParentLink value) throws IOException {
      g.writeFieldName(name);
      PARTS.parent(g, value);
    }

    @Override
    public void failure(String name, @Nullable FailureDetails value) throws IOException {
      g.writeFieldName(name);
      PARTS.failure(g, value);
    }

    @Override
    public void tags(String name, Map<String, String> value) throws IOException {
      g.writeFieldName(name);
      Parts.tags(g, value);
    }

    @Override
    public void noObject(String name) throws IOException {
      g.writeNullField(name);
    }
  }

  private record In(Members m) implements EventIn {
    @Override
    public @Nullable String text(String name) {
      return m.text(name);
    }

    @Override
    public int number(String name, int absent) {
      return m.number(name, absent);
    }

    @Override
    public boolean flag(String name) {
      return m.flag(name);
    }

    @Override
    public @Nullable Instant time(String name) {
      Instant time = Times.parse(m.text(name));
      String exact = m.text(Extras.exact(name));
      if (time == null) {
        return exact == null ? null : Instant.parse(exact);
      }
      return Times.exact(time, exact);
    }

    @Override
    public @Nullable OrchestrationStatus status(String name) {
      return Family.status(m.get(name));
    }

    @Override
    public @Nullable Address instance(String name) {
      return m.instance(name);
    }

    @Override
    public @Nullable ParentLink parent(String name) {
      return Parts.parent(m.object(name));
    }

    @Override
    public @Nullable FailureDetails failure(String name) {
      return Parts.failure(m.object(name));
    }

    @Override
    public Map<String, String> tags(String name) {
      Members tags = m.object(name);
      return tags == null ? Map.of() : tags.texts();
    }

    @Override
    public String body() {
      Map<String, @Nullable Object> body = new LinkedHashMap<>(m.all());
      body.keySet().removeAll(COMMON);
      return Json.write(g -> Json.value(g, body));
    }
  }
}
