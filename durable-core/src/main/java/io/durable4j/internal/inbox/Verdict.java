package io.durable4j.internal.inbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a message. */
public sealed interface Verdict {
  /** The turn consumes it. */
  record Accept() implements Verdict {}

  /**
   * Nobody needs it.
   *
   * @param why for a person
   */
  record Drop(String why) implements Verdict {}

  /**
   * A start of a child whose id another instance has; nobody needs it, but its parent is told.
   *
   * @param why for a person
   */
  record Refuse(String why) implements Verdict {}

  /**
   * It comes too early.
   *
   * @param delay when to look again
   */
  record Defer(Duration delay) implements Verdict {}

  /** What becomes of a message that is due at a time; null for at once. */
  static Verdict notBefore(@Nullable Instant due, Instant now) {
    return due != null && due.isAfter(now) ? new Defer(Duration.between(now, due)) : new Accept();
  }
}
