package io.durable4j.orchestration;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;

/** Something that an orchestrator waited for failed. */
public final class TaskFailedException extends DurableException {
  private static final long serialVersionUID = 1;

  private final transient FailureDetails failure;

  /**
   * Creates an exception.
   *
   * @param failure why
   */
  public TaskFailedException(FailureDetails failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /**
   * Creates an exception that names what failed.
   *
   * @param what for example the activity and its step
   * @param failure why
   */
  public TaskFailedException(String what, FailureDetails failure) {
    super(what + " failed: " + failure);
    this.failure = failure;
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
