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
 * @param poison what is set aside, and when
 * @param episodeTimeout how long an orchestrator may go without progress
 * @param failHung whether one over that time fails the instance, rather than parking it
 * @param versions which instances the worker takes by their version
 * @param timeouts how long runs of activities may take
 * @param entities how entities are run
 */
public record DispatchSettings(
    Duration lease,
    Duration pollMin,
    Duration pollMax,
    Duration backoffMax,
    Duration unknownGrace,
    boolean failOnMismatch,
    Poison poison,
    Duration episodeTimeout,
    boolean failHung,
    VersionRules versions,
    ActivityTimeouts timeouts,
    Entities entities) {
  /**
   * How entities are run.
   *
   * @param batch how many operations a turn runs at most
   * @param batchTime after which time it begins no further one
   * @param operationTimeout how long one may take; zero for no limit
   * @param window for how long messages of one sender are kept in order; zero for none
   */
  public record Entities(
      int batch, Duration batchTime, Duration operationTimeout, Duration window) {}

  /**
   * What is set aside.
   *
   * @param after after how many deliveries, or turns that failed
   * @param failCaller whether an activity's caller gets a failure at once, rather than on a drop
   */
  public record Poison(int after, boolean failCaller) {}

  /** A pause that doubles with each failure: 50 ms, 100 ms, ... */
  Duration backoff(int failures) {
    Duration pause = Duration.ofMillis(50L << Math.min(failures, 20));
    return pause.compareTo(backoffMax) < 0 ? pause : backoffMax;
  }
}
