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
   * Reads a state.
   *
   * @param instance which
   * @return the state; empty when there is no such instance
   */
  Optional<InstanceState> get(InstanceId instance);

  /**
   * Finds instances, in an order that stays the same from page to page.
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
   */
  record InstanceFilter(
      Set<OrchestrationStatus> statuses,
      @Nullable String prefix,
      @Nullable Instant createdFrom,
      @Nullable Instant createdTo,
      @Nullable InstanceId parent,
      @Nullable Boolean parked,
      Map<String, String> tags) {
    /** Every instance. */
    public static final InstanceFilter ALL =
        new InstanceFilter(Set.of(), null, null, null, null, null);

    /** Copies the collections. */
    public InstanceFilter {
      statuses = Set.copyOf(statuses);
      tags = Map.copyOf(tags);
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
     * Whether a state is among them.
     *
     * @param s the state
     * @return true when every member matches
     */
    public boolean matches(InstanceState s) {
      Instant created = s.start().createdAt();
      var by = s.start().parent();
      return (statuses.isEmpty() || statuses.contains(s.status()))
          && (prefix == null || s.id().value().startsWith(prefix))
          && (createdFrom == null || !created.isBefore(createdFrom))
          && (createdTo == null || created.isBefore(createdTo))
          && (parent == null || (by != null && by.instance().equals(parent)))
          && (parked == null || parked == (s.progress().parked() != null))
          && s.start().tags().entrySet().containsAll(tags.entrySet());
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
