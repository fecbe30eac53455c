package io.durable4j.history;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One recorded fact: what is common to all kinds, and the {@link EventBody} that tells the kind.
 * The same record travels in messages.
 *
 * @param eventId the number of the action that the event records (0, 1, 2, ... within an
 *     execution), or {@link #NO_ACTION} for an event that came from outside
 * @param timestamp when it was made
 * @param message the message that carried it here or carries it away; null when there is none, or
 *     when it was written by an engine without message identity
 * @param body the fact
 */
public record HistoryEvent(
    int eventId, Instant timestamp, @Nullable MessageId message, EventBody body) {
  /** The event id of everything that is not an action. */
  public static final int NO_ACTION = -1;

  /** Refuses null. */
  public HistoryEvent {
    Objects.requireNonNull(timestamp, "timestamp");
    Objects.requireNonNull(body, "body");
  }

  /**
   * An event that is no action.
   *
   * @param timestamp when it was made
   * @param message the message that carries it, or null
   * @param body the fact
   * @return the event
   */
  public static HistoryEvent of(Instant timestamp, @Nullable MessageId message, EventBody body) {
    return new HistoryEvent(NO_ACTION, timestamp, message, body);
  }

  /**
   * The same event at another time: an arrival is recorded with the time of its turn.
   *
   * @param time the new time
   * @return the event
   */
  public HistoryEvent at(Instant time) {
    return new HistoryEvent(eventId, time, message, body);
  }
}
