package io.durable4j.internal.replay;

/** Throws a checked exception that the caller's contract declares. */
final class Sneaky {
  private Sneaky() {}

  static RuntimeException rethrow(Throwable t) {
    return Sneaky.<RuntimeException>as(t);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException as(Throwable t) throws E {
    throw (E) t;
  }
}
