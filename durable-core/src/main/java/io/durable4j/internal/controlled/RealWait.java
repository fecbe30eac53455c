package io.durable4j.internal.controlled;

/** How a thread that was not started here waits for its turn. */
@FunctionalInterface
interface RealWait {
  /** Waits, on that thread, until it has the turn or soon will. */
  void await(Controlled me);
}
