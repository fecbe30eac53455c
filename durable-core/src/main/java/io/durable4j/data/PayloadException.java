package io.durable4j.data;

import org.jspecify.annotations.Nullable;

/** A value could not be turned into a payload or back, or its payload is over the limit. */
public final class PayloadException extends DurableException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message which type failed, where, and why
   * @param cause the converter's own exception, or null
   */
  public PayloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
