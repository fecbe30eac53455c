package io.durable4j.history;

import java.util.Objects;
import java.util.UUID;

/**
 * The name of one execution (generation) of an instance: a new one at each start, re-creation and
 * continue-as-new.
 *
 * @param value the id; the engine writes 32 lower-case hexadecimal digits
 */
public record ExecutionId(String value) {
  /** Refuses null. */
  public ExecutionId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * The id made of a UUID.
   *
   * @param uuid the UUID
   * @return its 32 hexadecimal digits
   */
  public static ExecutionId of(UUID uuid) {
    return new ExecutionId(uuid.toString().replace("-", ""));
  }

  /**
   * The execution that this one continues as. Derived, so that a turn that is repeated continues as
   * the same, and that a message which is ahead of the commit that it came of is known as such.
   *
   * @return the id of the next generation
   */
  public ExecutionId next() {
    return of(MessageId.derived("continue-as-new", value).value());
  }

  @Override
  public String toString() {
    return value;
  }
}
