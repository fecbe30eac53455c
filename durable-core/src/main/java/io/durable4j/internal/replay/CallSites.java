package io.durable4j.internal.replay;

import org.jspecify.annotations.Nullable;

/** Finds the line of user code in a stack. */
public final class CallSites {
  private CallSites() {}

  private static final String BOTTOM = Replay.class.getName();

  /**
   * {@code File.java:line} of the innermost frame that is not the engine's or the platform's; null
   * when none is. What lies below the replay (the engine's threads, a test) is not the
   * orchestrator's.
   *
   * @param stack the frames, innermost first
   * @return the place
   */
  public static @Nullable String userFrame(StackTraceElement[] stack) {
    for (StackTraceElement f : stack) {
      if (f.getClassName().equals(BOTTOM)) {
        return null;
      }
      if (!isOurs(f.getClassName()) && f.getFileName() != null) {
        return f.getFileName() + ":" + f.getLineNumber();
      }
    }
    return null;
  }

  private static boolean isOurs(String name) {
    return name.startsWith("io.durable4j.internal.")
        || name.startsWith("io.durable4j.orchestration.")
        || name.startsWith("java.")
        || name.startsWith("jdk.")
        || name.contains("$Proxy")
        || name.contains(".$Proxy");
  }
}
