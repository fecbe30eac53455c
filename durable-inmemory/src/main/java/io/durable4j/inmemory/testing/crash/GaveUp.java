package io.durable4j.inmemory.testing.crash;

/** A run comes to no end: for its first thread, from the drive. */
final class GaveUp extends Error {
  private static final long serialVersionUID = 1;

  GaveUp(String why) {
    super(why, null, false, false);
  }
}
