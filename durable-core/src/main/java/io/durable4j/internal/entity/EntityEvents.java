package io.durable4j.internal.entity;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The events that carry what entities are told and answer. */
public final class EntityEvents {
  private EntityEvents() {}

  /**
   * Whether an instance is an entity.
   *
   * @param id the instance
   * @return true for ids that begin with {@code @}
   */
  public static boolean isEntity(InstanceId id) {
    return id.isEntity();
  }

  /**
   * When what an event asks for is due.
   *
   * @param event an event for an entity
   * @return the time; null for at once
   */
  public static @Nullable Instant dueOf(EventRaised event) {
    return event.name().startsWith("op@") && Incoming.of(event) instanceof Incoming.Asks asks
        ? asks.request().due()
        : null;
  }

  /**
   * Whether an orchestration waits for what an entity answers.
   *
   * @param sent what it sent, to an entity or not
   * @return true for a call and for a lock
   */
  public static boolean isCall(EventSent sent) {
    Payload input = sent.input();
    return sent.instance().isEntity()
        && input != null
        && sent.name().startsWith("op")
        && !input.text().contains("\"signal\":true");
  }

  /**
   * Whether an orchestration asked for what an entity answers.
   *
   * @param sent what it sent, to an entity or not
   * @param request the request's id
   * @return whether that is the request
   */
  public static boolean asks(EventSent sent, String request) {
    Payload input = sent.input();
    // within the payloads of users, which are texts there, quotes are escaped
    return sent.instance().isEntity()
        && input != null
        && input.text().contains("\"id\":\"" + request + "\"");
  }

  /** Whether what an orchestration sent to an entity may begin or end a lock; cheap to ask. */
  static boolean concernsLocks(EventSent sent) {
    Payload input = sent.input();
    return input != null
        && (sent.name().startsWith("release") || input.text().contains("\"lockset\""));
  }

  /** A request as an event for the entity; its name tells when it is due. */
  public static EventRaised raised(Request request) {
    return new EventRaised(EntityJson.nameOf(request), EntityJson.encode(request));
  }

  /** A release as an event for the entity. */
  public static EventRaised raised(Release release) {
    return new EventRaised("release", EntityJson.encode(release));
  }

  /** A nudge as an event for the entity. */
  public static EventRaised nudge() {
    return new EventRaised("continue", null);
  }

  /** A response as an event for the one who asked. */
  public static EventRaised raised(String requestId, Response response) {
    return new EventRaised(requestId, EntityJson.encode(response));
  }

  /** A request as an orchestration records it. */
  public static EventSent sent(InstanceId entity, Request request) {
    return new EventSent(entity, EntityJson.nameOf(request), EntityJson.encode(request));
  }

  /** A release as an orchestration records it. */
  public static EventSent sent(InstanceId entity, Release release) {
    return new EventSent(entity, "release", EntityJson.encode(release));
  }
}
