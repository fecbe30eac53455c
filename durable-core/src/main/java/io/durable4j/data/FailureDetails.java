package io.durable4j.data;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure of user code as data. Exceptions are never serialized: what crosses the boundary is
 * this.
 *
 * @param type the class name of the exception, or the engine's own name of the failure
 * @param message the exception's message; empty when it had none
 * @param stack the stack trace as text, or null
 * @param cause the failure that caused it, or null
 * @param nonRetriable whether retry policies must not try again
 * @param properties further facts, given by the exception; values are JSON scalars, lists and maps
 */
public record FailureDetails(
    String type,
    String message,
    @Nullable String stack,
    @Nullable FailureDetails cause,
    boolean nonRetriable,
    Map<String, Object> properties) {
  /** Copies the properties. */
  public FailureDetails {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(message, "message");
    properties = Map.copyOf(properties);
  }

  /**
   * A failure with a type and a message only.
   *
   * @param type the failure's name
   * @param message what happened
   * @param nonRetriable whether retry policies must not try again
   * @return the failure
   */
  public static FailureDetails of(String type, String message, boolean nonRetriable) {
    return new FailureDetails(type, message, null, null, nonRetriable, Map.of());
  }

  /**
   * Whether this failure, or one of its causes, has the type.
   *
   * @param exception the exception class
   * @return true when a type name in the chain is that class's
   */
  public boolean isCausedBy(Class<? extends Throwable> exception) {
    for (FailureDetails f = this; f != null; f = f.cause) {
      if (f.type.equals(exception.getName())) {
        return true;
      }
    }
    return false;
  }

  /** The type and the message on one line. */
  @Override
  public String toString() {
    return message.isEmpty() ? type : type + ": " + message;
  }
}
