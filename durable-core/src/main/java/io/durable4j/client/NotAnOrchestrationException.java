package io.durable4j.client;

import io.durable4j.data.DurableException;

/** The instance is an entity, and what was asked for is for orchestrations. */
public final class NotAnOrchestrationException extends DurableException {
  private static final long serialVersionUID = 1;

  /** The instance. */
  private final String instanceId;

  /**
   * Creates an exception.
   *
   * @param instanceId the instance
   * @param message what happened, and what to do
   */
  public NotAnOrchestrationException(String instanceId, String message) {
    super(message);
    this.instanceId = instanceId;
  }

  /**
   * The instance.
   *
   * @return its id
   */
  public String instanceId() {
    return instanceId;
  }
}
