package io.durable4j.activity;

import io.durable4j.data.DurableException;
import org.jspecify.annotations.Nullable;

/** Thrown by an activity to fail for good: retry policies do not try again. */
public class NonRetriableException extends DurableException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message what happened
   */
  public NonRetriableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what happened
   * @param cause what was thrown below, or null
   */
  public NonRetriableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
