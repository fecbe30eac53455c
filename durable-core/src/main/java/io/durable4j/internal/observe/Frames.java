package io.durable4j.internal.observe;

import java.util.List;

/** A stack as text. */
final class Frames {
  private Frames() {}

  static String text(List<StackTraceElement> stack) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : stack) {
      text.append("\n    at ").append(frame);
    }
    return text.toString();
  }
}
