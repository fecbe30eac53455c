package io.durable4j.client;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to signal an entity. Immutable; begin with {@link #DEFAULT}.
 *
 * @param id the signal's own id, a UUID as text; a repeat with the same id counts once, if it comes
 *     soon: an entity remembers the ids of the newest 256 client and scheduled signals that it
 *     took, and runs a repeat of an older one again. Null for a random one
 * @param at when the operation is due; null, or a time that is past, for at once
 */
public record SignalOptions(@Nullable String id, @Nullable Instant at) {
  /** A random id, at once. */
  public static final SignalOptions DEFAULT = new SignalOptions(null, null);

  /** Refuses an id that is no UUID, and puts it into small letters. */
  public SignalOptions {
    if (id != null) {
      id = checked(id);
    }
  }

  private static String checked(String id) {
    String small = id.toLowerCase(Locale.ROOT);
    try {
      if (UUID.fromString(small).toString().equals(small)) {
        return small;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "The id of a signal is a UUID as text (8-4-4-4-12 hexadecimal digits), not '" + id + "'");
  }

  /**
   * Options with an id, by which a repeat that comes soon is known.
   *
   * @param id the signal's own id, a UUID as text; among the newest 256 it counts once
   * @return the options
   */
  public static SignalOptions id(String id) {
    return new SignalOptions(id, null);
  }

  /**
   * The same at a time.
   *
   * @param time when the operation is due
   * @return the options
   */
  public SignalOptions at(Instant time) {
    return new SignalOptions(id, time);
  }
}
