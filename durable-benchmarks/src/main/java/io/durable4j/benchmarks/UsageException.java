package io.durable4j.benchmarks;

/** A command line that cannot be understood; the message is one line for who typed it. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Tells what is wrong.
   *
   * @param message what, and what would be right
   */
  public UsageException(String message) {
    super(message);
  }
}
