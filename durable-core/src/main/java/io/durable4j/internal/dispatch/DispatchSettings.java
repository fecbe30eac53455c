package io.durable4j.internal.dispatch;

import java.time.Duration;

/**
 * How turns and activities are run.
 *
 * @param lease how long messages are held
 * @param pollMin the shortest pause between two looks at the idle activity queue
 * @param pollMax the longest pause between two looks at the idle activity queue
 * @param backoffMax the longest pause before something is tried again
 * @param unknownGrace how long an unknown name is tried again before it fails
 * @param failOnMismatch whether a hard mismatch fails the instance, rather than parking it
 */
public record DispatchSettings(
    Duration lease,
    Duration pollMin,
    Duration pollMax,
    Duration backoffMax,
    Duration unknownGrace,
    boolean failOnMismatch) {
  /** The pause after an empty look, from the one before it: it doubles up to the longest. */
  long poll(long beforeNanos) {
    return Math.min(pollMax.toNanos(), Math.max(pollMin.toNanos(), beforeNanos * 2));
  }

  /** A pause that doubles with each failure: 50 ms, 100 ms, ... */
  Duration backoff(int failures) {
    Duration pause = Duration.ofMillis(50L << Math.min(failures, 20));
    return pause.compareTo(backoffMax) < 0 ? pause : backoffMax;
  }
}
