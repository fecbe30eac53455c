package io.durable4j.internal.entity;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.InstanceId;

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
