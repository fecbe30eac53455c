package io.durable4j.history;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of one execution (generation) of an instance: a new one at each start, re-creation and
 * continue-as-new.
 *
 * @param value the id; the engine writes 32 lower-case hexadecimal digits
 */
public record ExecutionId(String value) {
  private static final Pattern COUNTING = Pattern.compile("[0-9a-f]{32}");
  private static final int SERIES = 24;

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
   * The execution that this one continues as: the last eight digits count on. So a turn that is
   * repeated continues as the same, and it can be told which of two generations is the later one.
   *
   * @return the id of the next generation
   */
  public ExecutionId next() {
    if (!counts()) {
      return of(MessageId.derived("continue-as-new", value).value());
    }
    return new ExecutionId(series() + String.format("%08x", number() + 1));
  }

  /**
   * Whether this is a later generation of an execution.
   *
   * @param former the execution
   * @return false also for the execution itself, and for ids that another engine made up
   */
  public boolean continues(ExecutionId former) {
    return counts()
        && former.counts()
        && series().equals(former.series())
        && number() - former.number() > 0;
  }

  /**
   * Whether this is an execution or a later generation of it.
   *
   * @param former the execution
   * @return whether creating the former once more would repeat what was done
   */
  public boolean isOrContinues(ExecutionId former) {
    return equals(former) || continues(former);
  }

  private boolean counts() {
    return COUNTING.matcher(value).matches();
  }

  private String series() {
    return value.substring(0, SERIES);
  }

  /** Wraps around, so that only differences count. */
  private int number() {
    return Integer.parseUnsignedInt(value.substring(SERIES), 16);
  }

  @Override
  public String toString() {
    return value;
  }
}
