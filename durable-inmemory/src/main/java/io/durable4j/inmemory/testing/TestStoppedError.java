package io.durable4j.inmemory.testing;

/**
 * A wait of a test that cannot end well: the clock is paused, nothing comes to rest, or a thread
 * blocks. The message says where each unfinished instance is.
 */
public final class TestStoppedError extends AssertionError {
  private static final long serialVersionUID = 1;

  TestStoppedError(String message) {
    super(message);
  }
}
