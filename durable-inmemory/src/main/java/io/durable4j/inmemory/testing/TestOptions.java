package io.durable4j.inmemory.testing;

import io.durable4j.data.DurableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How a test runs. Immutable; begin with {@link #DEFAULT}.
 *
 * @param start what the clock shows at first
 * @param seed decides the order of threads and the ids; the same seed gives the same run
 * @param sessions {@code off} to replay every episode from the beginning of its history, which
 *     finds code that is not deterministic; else {@code warm} or {@code live} as in production
 * @param paused whether the clock stands still from the beginning
 * @param mostSteps how many steps of threads a wait of the test may take, before it is stopped as
 *     one that goes round and round; at least 1
 * @param busy how much real time a wait of the test may take in all, before the same; a debugger's
 *     stops do not count
 * @param silence how much real time one activity may take, before the test is stopped as one that
 *     hangs; at least 50 ms
 * @param lastReplay whether each instance is replayed once more at the end
 */
public record TestOptions(
    Instant start,
    long seed,
    String sessions,
    boolean paused,
    long mostSteps,
    Duration busy,
    Duration silence,
    boolean lastReplay) {
  /**
   * From noon of the first of January 2030, sessions off, the clock running, at most a million
   * steps or a minute a wait, and 10 seconds of silence.
   */
  public static final TestOptions DEFAULT =
      new TestOptions(
          Instant.parse("2030-01-01T12:00:00Z"),
          1,
          "off",
          false,
          1_000_000,
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          true);

  private static final long LEAST_SILENCE_MILLIS = 50;

  /** Refuses values out of range. */
  public TestOptions {
    sessions = sessions.toLowerCase(Locale.ROOT);
    if (mostSteps < 1) {
      throw new DurableException("mostSteps is at least 1, not " + mostSteps);
    }
    if (silence.toMillis() < LEAST_SILENCE_MILLIS) {
      throw new DurableException("silence is at least PT0.05S, not " + silence);
    }
  }

  /**
   * The same from another time.
   *
   * @param time what the clock shows at first
   * @return the options
   */
  public TestOptions startAt(Instant time) {
    return new TestOptions(time, seed, sessions, paused, mostSteps, busy, silence, lastReplay);
  }

  /**
   * The same with another order of threads, and other ids.
   *
   * @param number any number
   * @return the options
   */
  public TestOptions seed(long number) {
    return new TestOptions(start, number, sessions, paused, mostSteps, busy, silence, lastReplay);
  }

  /**
   * The same with another level of sessions.
   *
   * @param level {@code off}, {@code warm} or {@code live}
   * @return the options
   */
  public TestOptions sessions(String level) {
    return new TestOptions(start, seed, level, paused, mostSteps, busy, silence, lastReplay);
  }

  /**
   * The same with a clock that goes on only when the test says so.
   *
   * @return the options
   */
  public TestOptions clockPaused() {
    return new TestOptions(start, seed, sessions, true, mostSteps, busy, silence, lastReplay);
  }

  /**
   * The same with other bounds for tests that do not come to rest.
   *
   * @param steps how many steps of threads a wait of the test may take
   * @param realTime how much real time one activity may take
   * @return the options
   */
  public TestOptions bounds(long steps, Duration realTime) {
    return new TestOptions(start, seed, sessions, paused, steps, busy, realTime, lastReplay);
  }

  /**
   * The same without a replay of each instance at the end: for tests of code that is meant to be
   * wrong.
   *
   * @return the options
   */
  public TestOptions withoutLastReplay() {
    return new TestOptions(start, seed, sessions, paused, mostSteps, busy, silence, false);
  }
}
