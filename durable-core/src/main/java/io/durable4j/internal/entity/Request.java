package io.durable4j.internal.entity;

import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of an entity: an operation, or a lock.
 *
 * @param id names it, and the event that answers it; a UUID as text
 * @param operation the operation; null for a lock
 * @param signal whether nobody waits for an answer
 * @param input the operation's input, or null
 * @param sender the instance that asks; null for a client
 * @param due when it is due; null for at once
 * @param stamp its place among the messages of its sender
 * @param lock the lock; null for an operation
 */
public record Request(
    String id,
    @Nullable String operation,
    boolean signal,
    @Nullable Payload input,
    @Nullable Sender sender,
    @Nullable Instant due,
    Stamp stamp,
    @Nullable Lock lock) {

  /**
   * Who asks.
   *
   * @param instance the instance
   * @param execution its execution; null where that is not known
   */
  public record Sender(InstanceId instance, @Nullable ExecutionId execution) {}

  /**
   * The place of a message among those of its sender to one entity.
   *
   * @param timestamp when it was sent, later than the one before; null when it has no place
   * @param predecessor the timestamp of the one before; null for the first
   * @param predecessorId the id of the one before, where it may be sent again under another time:
   *     an orchestrator's where commits are not atomic; null for the first, and of others
   */
  public record Stamp(
      @Nullable Instant timestamp, @Nullable Instant predecessor, @Nullable String predecessorId) {
    /** No place: a client's, a scheduled one's, a forwarded lock's. */
    public static final Stamp NONE = new Stamp(null, null);

    /**
     * The place of a message whose predecessor keeps its time.
     *
     * @param timestamp when it was sent, later than the one before; null when it has no place
     * @param predecessor the timestamp of the one before; null for the first
     */
    public Stamp(@Nullable Instant timestamp, @Nullable Instant predecessor) {
      this(timestamp, predecessor, null);
    }
  }

  /**
   * A set of entities that one orchestration wants for itself.
   *
   * @param set all of them, in the order in which they are locked, each once
   * @param position which of them the request is at
   * @param again the lock's own id where it is asked for once more; null where it is the request's
   */
  public record Lock(List<InstanceId> set, int position, @Nullable String again) {
    /** Copies the list. */
    public Lock {
      set = List.copyOf(set);
    }

    /**
     * A lock that is asked for the first time.
     *
     * @param set all of them, in the order in which they are locked, each once
     * @param position which of them the request is at
     */
    public Lock(List<InstanceId> set, int position) {
      this(set, position, null);
    }

    /**
     * The same lock at the next entity.
     *
     * @return the lock, one place further
     */
    public Lock next() {
      return new Lock(set, position + 1, again);
    }
  }

  /**
   * The id of the lock that this asks for.
   *
   * @return its own id, or else the request's; also for an operation
   */
  public String lockId() {
    return lock == null || lock.again() == null ? id : lock.again();
  }
}
