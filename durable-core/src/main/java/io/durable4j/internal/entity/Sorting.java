package io.durable4j.internal.entity;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an entity remembers of messages from and to other instances, so that those of one sender
 * count in order and once.
 *
 * @param lastSent the timestamp of the newest message to each instance
 * @param received what came from each instance
 * @param receiveHorizon messages older than this are not sorted any more; null for none
 * @param sendHorizon instances to which nothing was sent since are forgotten; null for none
 */
public record Sorting(
    Map<InstanceId, Instant> lastSent,
    Map<InstanceId, Received> received,
    @Nullable Instant receiveHorizon,
    @Nullable Instant sendHorizon) {
  /** Nothing yet. */
  public static final Sorting NONE = new Sorting(Map.of(), Map.of(), null, null);

  /** Copies the maps, in the order of the ids. */
  public Sorting {
    lastSent = Collections.unmodifiableMap(new TreeMap<>(lastSent));
    received = Collections.unmodifiableMap(new TreeMap<>(received));
  }

  /**
   * What came from one instance.
   *
   * @param last the timestamp of the newest message that counted
   * @param execution the sender's execution, or null
   * @param buffered messages that came before their predecessors, by timestamp
   * @param since the newest time of the execution before this one, up to which nothing is sorted;
   *     {@link Instant#MIN} for none
   */
  public record Received(
      Instant last,
      @Nullable ExecutionId execution,
      Map<Instant, Request> buffered,
      Instant since) {
    /**
     * What came from an instance in its first execution.
     *
     * @param last the timestamp of the newest message that counted
     * @param execution the sender's execution, or null
     * @param buffered messages that came before their predecessors, by timestamp
     */
    public Received(Instant last, @Nullable ExecutionId execution, Map<Instant, Request> buffered) {
      this(last, execution, buffered, Instant.MIN);
    }

    /** Copies the map, in order. */
    public Received {
      buffered = Collections.unmodifiableMap(new TreeMap<>(buffered));
    }
  }
}
