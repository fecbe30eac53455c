package io.durable4j.spi;

/** The backend was closed; the call took no effect. */
public final class BackendClosedException extends StorageException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message which backend
   */
  public BackendClosedException(String message) {
    super(message, null);
  }
}
