package io.durable4j.client;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.OrchestrationStatus;

/** The instance has ended without a result: it failed or was terminated. */
public final class OrchestrationFailedException extends DurableException {
  private static final long serialVersionUID = 1;

  /** The instance. */
  private final String instanceId;

  /** How it ended. */
  private final OrchestrationStatus status;

  private final transient FailureDetails failure;

  /**
   * Creates an exception.
   *
   * @param instanceId the instance
   * @param status how it ended
   * @param failure why
   */
  public OrchestrationFailedException(
      String instanceId, OrchestrationStatus status, FailureDetails failure) {
    super("Instance " + instanceId + " is " + status + ": " + failure);
    this.instanceId = instanceId;
    this.status = status;
    this.failure = failure;
  }

  /**
   * The instance.
   *
   * @return its id
   */
  public String instanceId() {
    return instanceId;
  }

  /**
   * How it ended.
   *
   * @return {@code FAILED} or {@code TERMINATED}
   */
  public OrchestrationStatus status() {
    return status;
  }

  /**
   * Why.
   *
   * @return the recorded failure
   */
  public FailureDetails failure() {
    return failure;
  }
}
