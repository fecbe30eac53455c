package io.durable4j.spi;

import io.durable4j.data.DurableException;
import org.jspecify.annotations.Nullable;

/**
 * A storage call failed, and whether it took effect is unknown. The engine backs off and looks
 * before it tries again.
 */
public class StorageException extends DurableException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the operation, the resource, and what to do
   * @param cause what was thrown below, or null
   */
  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
