package io.durable4j.data;

import org.jspecify.annotations.Nullable;

/** The root of every exception that the engine throws. All of them are unchecked. */
public class DurableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message what happened, to which instance or setting, and what the user can do
   */
  public DurableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what happened, to which instance or setting, and what the user can do
   * @param cause what was thrown below, or null
   */
  public DurableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
