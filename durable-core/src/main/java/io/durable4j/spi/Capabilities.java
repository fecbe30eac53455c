package io.durable4j.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a backend promises beyond the contracts. The core relies on each; the conformance kit has a
 * test for each that fails when it is claimed wrongly.
 *
 * @param atomic a commit takes effect as a whole or not at all, a consumed delivery that is gone
 *     makes it stale, and create stores the instance and its start message together
 * @param ordered messages sent one after the other to one queue are received in that order, unless
 *     they are hidden or delivered again
 * @param fenced a commit or a load under a fence of a former owner has no effect, and a receive
 *     brings nothing; without it only versions keep former owners from doing harm
 * @param nameFilter receive honours the known names
 * @param activityShards how many activity queues there are, at least 1
 * @param maxDelay the longest that a message can be hidden; null without a limit
 * @param maxPayload the largest payload in bytes of UTF-8, at least 1
 * @param pollMax the longest pause between two looks at an idle queue where the user sets none,
 *     from 10 ms to 5 min; null for that of the setting {@code poll.max}
 */
public record Capabilities(
    boolean atomic,
    boolean ordered,
    boolean fenced,
    boolean nameFilter,
    int activityShards,
    @Nullable Duration maxDelay,
    int maxPayload,
    @Nullable Duration pollMax) {
  /**
   * What a backend promises for which the usual longest pause suits.
   *
   * @param atomic as above
   * @param ordered as above
   * @param fenced as above
   * @param nameFilter as above
   * @param activityShards as above
   * @param maxDelay as above
   * @param maxPayload as above
   */
  public Capabilities(
      boolean atomic,
      boolean ordered,
      boolean fenced,
      boolean nameFilter,
      int activityShards,
      @Nullable Duration maxDelay,
      int maxPayload) {
    this(atomic, ordered, fenced, nameFilter, activityShards, maxDelay, maxPayload, null);
  }

  /**
   * The same with another longest pause.
   *
   * @param pause the pause between two looks at an idle queue, from 10 ms to 5 min
   * @return the copy
   */
  public Capabilities withPollMax(Duration pause) {
    return new Capabilities(
        atomic, ordered, fenced, nameFilter, activityShards, maxDelay, maxPayload, pause);
  }
}
