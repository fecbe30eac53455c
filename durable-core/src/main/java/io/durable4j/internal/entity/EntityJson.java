package io.durable4j.internal.entity;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;

/** The JSON of what entities are told, answer and keep; the family's, with a few members more. */
public final class EntityJson {
  private EntityJson() {}

  static Incoming incoming(EventRaised event) {
    throw new UnsupportedOperationException();
  }

  static String nameOf(Request request) {
    throw new UnsupportedOperationException();
  }

  public static Payload encode(Request request) {
    throw new UnsupportedOperationException();
  }

  public static Payload encode(Release release) {
    throw new UnsupportedOperationException();
  }

  public static Payload encode(Response response) {
    throw new UnsupportedOperationException();
  }

  /** A response; also of other engines, and of a lock. */
  public static Response response(Payload json) {
    throw new UnsupportedOperationException();
  }

  public static Payload encode(Scheduler scheduler) {
    throw new UnsupportedOperationException();
  }

  /** What an entity keeps; null is an entity that has nothing. */
  public static Scheduler scheduler(Payload json) {
    throw new UnsupportedOperationException();
  }

  /** What an entity tells of itself in its custom status. */
  public static Payload status(Scheduler scheduler) {
    throw new UnsupportedOperationException();
  }
}
