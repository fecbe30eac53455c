package io.durable4j.history;

import io.durable4j.data.DurableException;

/**
 * The name of an orchestration instance within a task hub. Case matters.
 *
 * @param value 1 to 256 UTF-16 characters without control characters and unpaired surrogates. (256,
 *     so that a key in which every character is escaped still fits a storage key of 512.)
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
  /** The greatest length, in UTF-16 characters. */
  public static final int MAX_LENGTH = 256;

  /** Refuses a malformed id. */
  public InstanceId {
    String flaw = flawOf(value);
    if (flaw != null) {
      throw new InvalidIdException("Invalid instance id: " + flaw);
    }
  }

  /**
   * The id of an orchestration.
   *
   * @param value as an instance's, and not beginning with {@code @}: such ids are entities'
   * @return the id
   * @throws InvalidIdException when it is malformed, or would be an entity's
   */
  public static InstanceId ofOrchestration(String value) {
    if (value.startsWith("@")) {
      throw new InvalidIdException(
          "Invalid instance id: '" + value + "' begins with @, as only the ids of entities do");
    }
    return new InstanceId(value);
  }

  /**
   * Whether the instance is an entity.
   *
   * @return true for ids that begin with {@code @}
   */
  public boolean isEntity() {
    return value.charAt(0) == '@';
  }

  private static @org.jspecify.annotations.Nullable String flawOf(String value) {
    if (value.isEmpty()) {
      return "it is empty";
    }
    if (value.length() > MAX_LENGTH) {
      return "it has " + value.length() + " characters, the limit is " + MAX_LENGTH;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c)) {
        return String.format("it has the control character U+%04X at index %d", (int) c, i);
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "it has an unpaired surrogate at index " + i;
      }
    }
    return null;
  }

  @Override
  public int compareTo(InstanceId o) {
    return value.compareTo(o.value);
  }

  @Override
  public String toString() {
    return value;
  }

  /** The id was refused; nothing was stored. */
  public static final class InvalidIdException extends DurableException {
    private static final long serialVersionUID = 1;

    InvalidIdException(String message) {
      super(message);
    }
  }
}
