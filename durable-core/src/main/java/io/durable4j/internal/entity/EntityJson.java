package io.durable4j.internal.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of what entities are told, answer and keep; the family's, with a few members more. */
public final class EntityJson {
  private static final String REQUEST = "op";
  private static final String RELEASE = "release";

  private EntityJson() {}

  static Incoming incoming(EventRaised event) {
    boolean asks = event.name().startsWith(REQUEST);
    if (!asks && !event.name().equals(RELEASE)) {
      return new Incoming.Continues();
    }
    Payload json = event.input();
    if (json == null) {
      return new Incoming.Unreadable("The event '" + event.name() + "' says nothing");
    }
    try {
      return asks
          ? new Incoming.Asks(read(json, RequestJson::read))
          : new Incoming.Releases(read(json, EntityJson::release));
    } catch (DurableException e) {
      return new Incoming.Unreadable(
          "The event '" + event.name() + "' does not read: " + e.getMessage());
    }
  }

  static String nameOf(Request request) {
    Instant due = request.due();
    return due == null ? REQUEST : REQUEST + "@" + EntityTime.write(due);
  }

  /** A request. */
  public static Payload encode(Request request) {
    return write(g -> RequestJson.write(g, request));
  }

  /** A release. */
  public static Payload encode(Release release) {
    return write(
        g -> {
          g.writeStartObject();
          g.writeStringField("parent", release.holder().value());
          g.writeStringField("id", release.id());
          g.writeEndObject();
        });
  }

  private static Release release(JsonParser p) throws IOException {
    @Nullable InstanceId[] holder = new InstanceId[1];
    @Nullable String[] id = new String[1];
    Members.each(
        p,
        (at, name) -> {
          switch (name) {
            case "parent" -> holder[0] = Members.instance(at);
            case "id" -> id[0] = Members.text(at);
            default -> at.skipChildren();
          }
        });
    return new Release(Members.need(holder[0], "parent"), id[0] == null ? "" : id[0]);
  }

  /** A response. */
  public static Payload encode(Response response) {
    return write(g -> ResponseJson.write(g, response));
  }

  /**
   * A response; also of other engines, and of a lock.
   *
   * @param json its JSON
   * @return the response
   * @throws DurableException when it is none
   */
  public static Response response(Payload json) {
    return named("The answer of an entity", json, ResponseJson::read);
  }

  /** What an entity keeps. */
  public static Payload encode(Scheduler scheduler) {
    return write(g -> SchedulerJson.write(g, scheduler));
  }

  /**
   * What an entity keeps.
   *
   * @param json its JSON; null is an entity that has nothing
   * @return what it keeps
   * @throws DurableException when it does not read
   */
  public static Scheduler scheduler(@Nullable Payload json) {
    return json == null ? Scheduler.NEW : named("What an entity keeps", json, SchedulerJson::read);
  }

  /** What an entity tells of itself in its custom status. */
  public static Payload status(Scheduler scheduler) {
    return write(
        g -> {
          g.writeStartObject();
          if (scheduler.state() != null) {
            g.writeBooleanField("entityExists", true);
          }
          if (!scheduler.queue().isEmpty()) {
            g.writeNumberField("queueSize", scheduler.queue().size());
          }
          InstanceId holder = scheduler.lockedBy();
          Members.text(g, "lockedBy", holder == null ? null : holder.value());
          g.writeEndObject();
        });
  }

  private interface Body {
    void write(JsonGenerator g) throws IOException;
  }

  private interface Reading<T> {
    T read(JsonParser p) throws IOException;
  }

  private static Payload write(Body body) {
    String text = text(body, false);
    try {
      return new Payload(text);
    } catch (PayloadException e) {
      // a surrogate without its partner may stand in JSON as an escape
      return new Payload(text(body, true));
    }
  }

  private static String text(Body body, boolean escape) {
    StringWriter text = new StringWriter(400);
    try (JsonGenerator g = Members.FACTORY.createGenerator(text)) {
      if (escape) {
        g.setHighestNonEscapedChar(127);
      }
      body.write(g);
    } catch (IOException e) {
      throw new DurableException("Cannot encode: " + e.getMessage(), e);
    }
    return text.toString();
  }

  private static <T> T named(String what, Payload json, Reading<T> reading) {
    try {
      return read(json, reading);
    } catch (DurableException e) {
      throw new DurableException(what + " does not read: " + e.getMessage(), e);
    }
  }

  private static <T> T read(Payload json, Reading<T> reading) {
    try (JsonParser p = Members.FACTORY.createParser(json.text())) {
      p.nextToken();
      return reading.read(p);
    } catch (DurableException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DurableException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }
}
