package io.durable4j.internal.dispatch;

import java.util.function.Supplier;

/** The part of a turn that calls no storage threw: the same would happen again. */
final class TurnFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TurnFault(Throwable cause) {
    super(null, cause, false, false);
  }

  /**
   * Decides something; what it throws is the message's fault, but for a lack of memory or of
   * classes, which is the worker's.
   */
  static <T> T deciding(Supplier<T> part) {
    try {
      return part.get();
    } catch (LinkageError | OutOfMemoryError e) {
      throw e;
    } catch (Throwable t) {
      throw new TurnFault(t);
    }
  }
}
