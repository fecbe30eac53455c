package io.durable4j.internal.controlled;

/** Unwinds a thread whose worker died. An Error, since engine code catches exceptions. */
final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed(String thread) {
    super("killed: " + thread, null, false, false);
  }
}
