package io.durable4j.data;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns exceptions into {@link FailureDetails}. */
public final class Failures {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_STACK = 16_000;

  private Failures() {}

  /**
   * The failure that an exception is.
   *
   * @param thrown the exception
   * @param nonRetriable whether retry policies must not try again
   * @return the failure, with its causes to a depth of 20 and stacks of at most 16,000 characters
   */
  public static FailureDetails of(Throwable thrown, boolean nonRetriable) {
    return of(thrown, nonRetriable, 0);
  }

  private static FailureDetails of(Throwable t, boolean nonRetriable, int depth) {
    Throwable cause = t.getCause();
    return new FailureDetails(
        t.getClass().getName(),
        t.getMessage() == null ? "" : clean(t.getMessage()),
        stack(t),
        cause == null || depth >= MAX_DEPTH ? null : of(cause, false, depth + 1),
        nonRetriable,
        t instanceof HasFailureProperties p ? p.failureProperties() : Map.of());
  }

  private static @Nullable String stack(Throwable t) {
    StackTraceElement[] frames = t.getStackTrace();
    if (frames.length == 0) {
      return null;
    }
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    for (StackTraceElement f : frames) {
      out.print("\tat ");
      out.print(f);
      out.print('\n');
    }
    String all = clean(text.toString());
    return all.length() <= MAX_STACK ? all : all.substring(0, MAX_STACK);
  }

  /** Text in records survives every UTF-8 store. */
  private static String clean(String s) {
    return Surrogates.escapeLone(s);
  }
}
