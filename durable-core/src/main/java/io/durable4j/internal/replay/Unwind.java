package io.durable4j.internal.replay;

/** Leaves user code when there is nothing more to do in this episode. Never seen outside. */
@SuppressWarnings(
    "StaticAssignmentOfThrowable") // preallocated and without a stack, so that waiting is cheap
final class Unwind extends Error {
  private static final long serialVersionUID = 1;

  static final Unwind SIGNAL = new Unwind();

  private Unwind() {
    super(
        "The orchestrator waits; this signal is the engine's and may be caught without harm",
        null,
        false,
        false);
  }
}
