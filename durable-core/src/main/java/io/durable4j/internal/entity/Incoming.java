package io.durable4j.internal.entity;

import io.durable4j.history.EventBody.EventRaised;

/** What an event says to an entity. */
public sealed interface Incoming {
  /**
   * An operation, or a lock.
   *
   * @param request the request
   */
  record Asks(Request request) implements Incoming {}

  /**
   * The end of a lock.
   *
   * @param release the release
   */
  record Releases(Release release) implements Incoming {}

  /** A nudge to go on with what is queued. */
  record Continues() implements Incoming {}

  /**
   * Nothing that an entity understands.
   *
   * @param why for a person
   */
  record Unreadable(String why) implements Incoming {}

  /**
   * Reads an event.
   *
   * @param event an event for an entity
   * @return what it says
   */
  static Incoming of(EventRaised event) {
    return EntityJson.incoming(event);
  }
}
