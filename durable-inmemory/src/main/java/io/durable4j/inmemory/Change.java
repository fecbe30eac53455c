package io.durable4j.inmemory;

import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One primitive change of the durable state. A call's whole effect is a list of these; a journal's
 * record is one such list, and a snapshot is the list that builds the state from nothing.
 */
sealed interface Change {
  /** The hub exists from now on. */
  record CreateHub(HubSpec spec) implements Change {}

  /** The hub and everything in it is gone. */
  record DeleteHub() implements Change {}

  /**
   * An instance's new row.
   *
   * @param id which
   * @param execution its execution
   * @param status its status, also in the state; kept apart so that nobody needs to decode for it
   * @param start the encoded part of its state that is settled when an execution begins; null where
   *     the stored one stays
   * @param progress the encoded rest
   * @param keepHistory whether the events go after those that are there, or in their place
   * @param events encoded events
   * @param version the new version
   * @param commit the commit that wrote it, or null
   */
  record PutInstance(
      InstanceId id,
      String execution,
      OrchestrationStatus status,
      byte @Nullable [] start,
      byte[] progress,
      boolean keepHistory,
      List<byte[]> events,
      long version,
      @Nullable UUID commit)
      implements Change {}

  /** An instance is gone. */
  record RemoveInstance(InstanceId id) implements Change {}

  /** A message comes into a queue. */
  record PutMessage(QueueId queue, MessageRow row) implements Change {}

  /** A message leaves its queue. */
  record RemoveMessage(QueueId queue, MessageId id) implements Change {}

  /** A message was delivered so many times. */
  record Attempts(QueueId queue, MessageId id, int attempts) implements Change {}

  /** A message is set aside. */
  record Quarantine(QuarantineRow row) implements Change {}

  /** A message that was set aside is gone. */
  record RemoveQuarantined(MessageId id) implements Change {}

  /** The counters go on from here; in snapshots only. */
  record Counters(long nextOrder, long version) implements Change {}
}
