package io.durable4j.internal.controlled;

/**
 * No controlled thread can ever go on, or none comes forward although all of them run. The message
 * lists every thread with its state and stack.
 */
public final class DeadlockException extends AssertionError {
  private static final long serialVersionUID = 1;

  DeadlockException(String message) {
    super(message);
  }
}
