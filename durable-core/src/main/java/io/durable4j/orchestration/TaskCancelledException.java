package io.durable4j.orchestration;

import io.durable4j.data.DurableException;

/** A task was awaited that the orchestrator itself had cancelled. */
public final class TaskCancelledException extends DurableException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message which task
   */
  public TaskCancelledException(String message) {
    super(message);
  }
}
