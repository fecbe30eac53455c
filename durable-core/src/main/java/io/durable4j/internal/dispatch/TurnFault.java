package io.durable4j.internal.dispatch;

import java.util.function.Supplier;

/** The part of a turn that calls no storage threw: the same would happen again. */
final class TurnFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TurnFault(Throwable cause) {
    super(null, cause, false, false);
  }

  /** Decides something; what it throws, but for a lack of memory, is the message's fault. */
  static <T> T deciding(Supplier<T> part) {
    try {
      return part.get();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable t) {
      throw new TurnFault(t);
    }
  }
}
