package io.durable4j.spi;

import io.durable4j.history.OrchestrationStatus;
import java.util.EnumSet;
import java.util.Set;

/**
 * In which states an existing instance may be replaced by a new one of the same id.
 *
 * @param replaceable the states; never a live one, since a live instance is not replaced under its
 *     own feet
 */
public record ReusePolicy(Set<OrchestrationStatus> replaceable) {
  /** Refuses live states. */
  public ReusePolicy {
    for (OrchestrationStatus s : replaceable) {
      if (!s.isTerminal()) {
        throw new IllegalArgumentException(
            "A reuse policy cannot replace an instance that is " + s + "; terminate it first");
      }
    }
    replaceable = Set.copyOf(replaceable);
  }

  /**
   * An id is used once.
   *
   * @return the policy
   */
  public static ReusePolicy never() {
    return new ReusePolicy(Set.of());
  }

  /**
   * A finished instance is replaced.
   *
   * @return the policy
   */
  public static ReusePolicy ifFinished() {
    return new ReusePolicy(
        EnumSet.of(
            OrchestrationStatus.COMPLETED,
            OrchestrationStatus.FAILED,
            OrchestrationStatus.CANCELED,
            OrchestrationStatus.TERMINATED));
  }

  /**
   * An instance that did not end well is replaced.
   *
   * @return the policy
   */
  public static ReusePolicy ifFailed() {
    return new ReusePolicy(
        EnumSet.of(
            OrchestrationStatus.FAILED,
            OrchestrationStatus.CANCELED,
            OrchestrationStatus.TERMINATED));
  }
}
