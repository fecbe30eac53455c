package io.durable4j.spi;

import io.durable4j.data.DurableException;
import java.util.regex.Pattern;

/**
 * The settings that a hub is born with; every worker of the hub must agree on them.
 *
 * @param name a letter, then 2 to 44 letters or digits
 * @param partitions how many control queues, 1 to 16
 */
public record HubSpec(String name, int partitions) {
  /** The greatest number of partitions. */
  public static final int MAX_PARTITIONS = 16;

  /** What a name is, for a person. */
  public static final String NAME_RULE = "a letter, then 2 to 44 letters or digits";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,44}");

  /** Refuses values out of range. */
  public HubSpec {
    if (!isName(name)) {
      throw new DurableException("Invalid task hub name '" + name + "': " + NAME_RULE);
    }
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new DurableException(
          "Invalid partition count " + partitions + ": 1 to " + MAX_PARTITIONS);
    }
  }

  /**
   * Whether a hub may have a name.
   *
   * @param name the name
   * @return whether it keeps to {@link #NAME_RULE}
   */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
