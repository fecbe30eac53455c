package io.durable4j.inmemory.testing.crash;

import java.util.List;

/**
 * What code calls a probe outside of an activity, and where that is.
 *
 * @param kind what code
 * @param place {@code File.java:line}, or empty
 */
record Caller(Effect.Kind kind, String place) {
  private static final String ENGINE = "io.durable4j.internal.";

  static Caller current() {
    return of(StackWalker.getInstance().walk(frames -> frames.toList()));
  }

  /** The outermost line of the user's code that the engine called. */
  private static Caller of(List<StackWalker.StackFrame> frames) {
    String place = "";
    boolean found = false;
    for (StackWalker.StackFrame f : frames) {
      String name = f.getClassName();
      if (name.equals(ENGINE + "replay.Steps")) {
        return new Caller(Effect.Kind.STEP, place);
      } else if (name.startsWith(ENGINE + "entity.")) {
        return new Caller(Effect.Kind.ENTITY, place);
      } else if (name.equals(ENGINE + "replay.Replay")) {
        return new Caller(Effect.Kind.ORCHESTRATOR, place);
      } else if (name.startsWith(ENGINE)) {
        found = !place.isEmpty();
      } else if (!found && isUsers(name) && f.getFileName() != null) {
        place = f.getFileName() + ":" + f.getLineNumber();
      }
    }
    return new Caller(Effect.Kind.TEST, "");
  }

  private static boolean isUsers(String name) {
    return !name.equals(Probe.class.getName())
        && !name.equals(Caller.class.getName())
        && !name.startsWith("java.")
        && !name.startsWith("jdk.")
        && !name.startsWith("io.durable4j.orchestration.")
        && !name.contains("$Proxy");
  }
}
