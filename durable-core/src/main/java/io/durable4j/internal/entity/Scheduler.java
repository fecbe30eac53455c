package io.durable4j.internal.entity;

import io.durable4j.data.Payload;
import io.durable4j.history.InstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entity keeps from batch to batch, the input of its next execution.
 *
 * @param state the user's state; null when the entity does not exist
 * @param queue requests that wait, in order
 * @param lockedBy the orchestration that holds it, or null
 * @param lockId the request that locked it; null where another engine wrote the state
 * @param sorting what is remembered of messages from and to others
 */
public record Scheduler(
    @Nullable Payload state,
    List<Request> queue,
    @Nullable InstanceId lockedBy,
    @Nullable String lockId,
    Sorting sorting) {
  /** Nothing. */
  public static final Scheduler NEW = new Scheduler(null, List.of(), null, null, Sorting.NONE);

  /** Copies the list. */
  public Scheduler {
    queue = List.copyOf(queue);
  }

  /** Whether a lock stands. */
  boolean isLockedBy(InstanceId holder, String id) {
    return holder.equals(lockedBy) && id.equals(lockId);
  }
}
