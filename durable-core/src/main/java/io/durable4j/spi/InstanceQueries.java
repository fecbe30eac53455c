package io.durable4j.spi;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads for clients. Nothing here changes an instance. */
public interface InstanceQueries {
  /**
   * Reads the newest state, of the last commit that took effect before the call, whoever made it.
   * Where commits are not {@link Capabilities#atomic()}, their messages may come a moment sooner,
   * and an instance that is being purged is shown until all of it is gone.
   *
   * @param instance which
   * @return the state; empty when there is no such instance
   */
  Optional<InstanceState> get(InstanceId instance);

  /**
   * Reads a state, for those who look again and again until it has changed. As {@link #get}, but
   * that of an instance which goes on may be a former one, for as long as lists may show it. That
   * there is no instance, and how one ended, is told as surely.
   *
   * @param instance which
   * @return the state; empty when there is no such instance
   */
  default Optional<InstanceState> glance(InstanceId instance) {
    return get(instance);
  }

  /**
   * Whether an instance is no more, or has ended, so that what it holds of others may be given
   * back. False, too, while a turn may be under way that brings it to life: where the messages of a
   * turn go out before the turn takes effect, some of that one may be out already. A crash in such
   * a turn leaves it so until the turn is repeated.
   *
   * @param instance which
   * @return false also where that cannot be told
   */
  default boolean isGone(InstanceId instance) {
    return get(instance).map(s -> s.status().isTerminal()).orElse(true);
  }

  /**
   * Finds instances, in an order that stays the same from page to page. Where a row for queries is
   * written after the history, what was committed a moment ago may be missing, and what a crash
   * kept from the row until the instance's next turn or load.
   *
   * @param filter which
   * @param token where to go on; null for the beginning
   * @param max at most so many, at least 1
   * @return a page
   */
  Page<InstanceState> find(InstanceFilter filter, @Nullable Token token, int max);

  /**
   * Reads a history.
   *
   * @param instance whose
   * @param execution which execution; null for the current
   * @param token where to go on; null for the beginning
   * @return a page; empty when there is no such history
   */
  Page<HistoryEvent> history(
      InstanceId instance, @Nullable ExecutionId execution, @Nullable Token token);

  /**
   * Lists the messages that were set aside.
   *
   * @param token where to go on; null for the beginning
   * @return a page
   */
  Page<Quarantined> quarantined(@Nullable Token token);

  /**
   * Puts a message that was set aside back into its queue. Idempotent.
   *
   * @param message which
   * @return false when it is not there
   */
  boolean requeue(MessageId message);

  /**
   * Removes a message that was set aside. Idempotent.
   *
   * @param message which
   * @return false when it is not there
   */
  boolean drop(MessageId message);

  /**
   * Where to go on; opaque.
   *
   * @param value the store's own text
   */
  record Token(String value) {}

  /**
   * A part of a result.
   *
   * @param items the items
   * @param next where to go on; null at the end
   * @param <T> what is listed
   */
  record Page<T>(List<T> items, @Nullable Token next) {}

  /**
   * Which instances; every null or empty member matches all.
   *
   * @param statuses these statuses
   * @param prefix ids that begin so, case-sensitive
   * @param createdFrom created at or after
   * @param createdTo created before
   * @param parent children of this instance
   * @param parked only those that are parked, or only those that are not
   * @param tags those that have all of these tags
   * @param entities only entities (ids that begin with {@code @}), or only those that are none
   * @param modifiedFrom whose newest state was written at or after
   * @param modifiedTo whose newest state was written before
   */
  record InstanceFilter(
      Set<OrchestrationStatus> statuses,
      @Nullable String prefix,
      @Nullable Instant createdFrom,
      @Nullable Instant createdTo,
      @Nullable InstanceId parent,
      @Nullable Boolean parked,
      Map<String, String> tags,
      @Nullable Boolean entities,
      @Nullable Instant modifiedFrom,
      @Nullable Instant modifiedTo) {
    /** Every instance. */
    public static final InstanceFilter ALL =
        new InstanceFilter(Set.of(), null, null, null, null, null);

    /** Copies the collections. */
    public InstanceFilter {
      statuses = Set.copyOf(statuses);
      tags = Map.copyOf(tags);
    }

    /**
     * A filter that asks for tags, and for instances of both kinds, modified at any time.
     *
     * @param statuses these statuses
     * @param prefix ids that begin so, case-sensitive
     * @param createdFrom created at or after
     * @param createdTo created before
     * @param parent children of this instance
     * @param parked only those that are parked, or only those that are not
     * @param tags those that have all of these tags
     */
    public InstanceFilter(
        Set<OrchestrationStatus> statuses,
        @Nullable String prefix,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable InstanceId parent,
        @Nullable Boolean parked,
        Map<String, String> tags) {
      this(statuses, prefix, createdFrom, createdTo, parent, parked, tags, null, null, null);
    }

    /**
     * A filter that asks for no tags.
     *
     * @param statuses these statuses
     * @param prefix ids that begin so, case-sensitive
     * @param createdFrom created at or after
     * @param createdTo created before
     * @param parent children of this instance
     * @param parked only those that are parked, or only those that are not
     */
    public InstanceFilter(
        Set<OrchestrationStatus> statuses,
        @Nullable String prefix,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable InstanceId parent,
        @Nullable Boolean parked) {
      this(statuses, prefix, createdFrom, createdTo, parent, parked, Map.of());
    }

    /**
     * The same for those that are no entities.
     *
     * @return the filter
     */
    public InstanceFilter withoutEntities() {
      return new InstanceFilter(
          statuses,
          prefix,
          createdFrom,
          createdTo,
          parent,
          parked,
          tags,
          false,
          modifiedFrom,
          modifiedTo);
    }

    /**
     * Entities.
     *
     * @param prefix ids that begin so; null for any
     * @param modifiedFrom whose newest state was written at or after; null for any time
     * @param modifiedTo whose newest state was written before; null for any time
     * @return the filter
     */
    public static InstanceFilter entities(
        @Nullable String prefix, @Nullable Instant modifiedFrom, @Nullable Instant modifiedTo) {
      return new InstanceFilter(
          Set.of(), prefix, null, null, null, null, Map.of(), true, modifiedFrom, modifiedTo);
    }

    /**
     * Whether a state is among them.
     *
     * @param s the state
     * @return true when every member matches
     */
    public boolean matches(InstanceState s) {
      Instant created = s.start().createdAt();
      Instant modified = s.progress().updatedAt();
      var by = s.start().parent();
      return (statuses.isEmpty() || statuses.contains(s.status()))
          && (prefix == null || s.id().value().startsWith(prefix))
          && (createdFrom == null || !created.isBefore(createdFrom))
          && (createdTo == null || created.isBefore(createdTo))
          && (parent == null || (by != null && by.instance().equals(parent)))
          && (parked == null || parked == (s.progress().parked() != null))
          && s.start().tags().entrySet().containsAll(tags.entrySet())
          && (entities == null || entities == s.id().isEntity())
          && (modifiedFrom == null || !modified.isBefore(modifiedFrom))
          && (modifiedTo == null || modified.isBefore(modifiedTo));
    }
  }

  /**
   * A message that was set aside.
   *
   * @param message the message
   * @param queue where it was
   * @param why what is wrong with it
   * @param since when it was set aside
   */
  record Quarantined(Message message, QueueId queue, FailureDetails why, Instant since) {
    /** The property of {@link #why} that holds {@link #times}. */
    public static final String TIMES = "times";

    /**
     * How often it was delivered without an answer, or failed a turn.
     *
     * @return 0 when whoever set it aside did not say
     */
    public int times() {
      return why.properties().get(TIMES) instanceof Number n ? n.intValue() : 0;
    }
  }
}
