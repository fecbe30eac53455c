package io.durable4j.internal.replay;

import io.durable4j.data.DataConverter;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What an episode is made of.
 *
 * @param instance the instance
 * @param execution its execution
 * @param past the recorded history, complete episodes
 * @param fresh the new episode: its beginning, then what arrived
 * @param rules what the surroundings demand
 * @param memo what former episodes of the execution learned; null to replay cold
 */
public record EpisodeInput(
    InstanceId instance,
    ExecutionId execution,
    List<HistoryEvent> past,
    List<HistoryEvent> fresh,
    Rules rules,
    @Nullable Memo memo) {
  /** The same for those who do not look at events, so that these can be let go of. */
  EpisodeInput withoutEvents() {
    return new EpisodeInput(instance, execution, List.of(), List.of(), rules, memo);
  }

  /** The same, to be replayed cold. */
  EpisodeInput withoutMemo() {
    return new EpisodeInput(instance, execution, past, fresh, rules, null);
  }

  /**
   * What the surroundings demand.
   *
   * @param ids derives the ids of messages
   * @param converter turns values into payloads and back
   * @param maxTimerDelay the longest single timer; null without a limit
   * @param maxPayload the largest payload in bytes
   * @param strict whether soft mismatches count as hard ones
   * @param childVersion the version of children that are started without one, or empty
   * @param loggers makes a logger that is silent while the supplier says so
   */
  public record Rules(
      DerivedIds ids,
      DataConverter converter,
      @Nullable Duration maxTimerDelay,
      int maxPayload,
      boolean strict,
      String childVersion,
      BiFunction<Class<?>, BooleanSupplier, Logger> loggers) {}
}
