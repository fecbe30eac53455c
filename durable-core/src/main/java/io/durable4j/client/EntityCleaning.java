package io.durable4j.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to clean up what entities leave behind. Immutable; begin with {@link #DEFAULT}.
 *
 * @param olderThan how long an empty entity has to have done nothing before it is removed, zero or
 *     more. With an entity goes what it remembers of the messages that it got: a repeat of one of
 *     them counts again. So this should not be shorter than the time for which messages are sorted,
 *     30 minutes
 * @param pageSize how many entities one call looks at, 1 to 1,000
 * @param from where to go on: {@link EntityCleanup#next()} of an earlier call; null at the
 *     beginning
 */
public record EntityCleaning(Duration olderThan, int pageSize, @Nullable String from) {
  /** Those of more than 30 minutes, 100 entities at a time, from the beginning. */
  public static final EntityCleaning DEFAULT =
      new EntityCleaning(Duration.ofMinutes(30), 100, null);

  private static final int MAX_PAGE = 1_000;

  /** Refuses what is out of range. */
  public EntityCleaning {
    if (olderThan.isNegative()) {
      throw new IllegalArgumentException("An age is zero or more, not " + olderThan);
    }
    if (pageSize < 1 || pageSize > MAX_PAGE) {
      throw new IllegalArgumentException(
          "A page holds 1 to " + MAX_PAGE + " entities, not " + pageSize);
    }
  }

  /**
   * The same for entities of another age.
   *
   * @param age how long they have done nothing
   * @return the options
   */
  public EntityCleaning olderThan(Duration age) {
    return new EntityCleaning(age, pageSize, from);
  }

  /**
   * The same in pages of another size.
   *
   * @param entities 1 to 1,000
   * @return the options
   */
  public EntityCleaning pageSize(int entities) {
    return new EntityCleaning(olderThan, entities, from);
  }

  /**
   * The same from where an earlier call stopped.
   *
   * @param next what it gave
   * @return the options
   */
  public EntityCleaning from(@Nullable String next) {
    return new EntityCleaning(olderThan, pageSize, next);
  }
}
