package io.durable4j.internal.entity;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.InstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, carried by an event that has the request's id for a name.
 *
 * @param result the encoded result, or null
 * @param failure why the operation failed; null when it did not
 * @param locked the entities that are locked now, where it answers a lock and was written by this
 *     engine: whoever gets it without having asked can give them back. Empty otherwise
 * @param lockId the id of that lock, where it differs from the request's; null otherwise
 */
public record Response(
    @Nullable Payload result,
    @Nullable FailureDetails failure,
    List<InstanceId> locked,
    @Nullable String lockId) {
  /** The result of a lock. */
  public static final Payload LOCK_ACQUIRED = new Payload("Lock Acquisition Completed");

  /** Copies the list. */
  public Response {
    locked = List.copyOf(locked);
  }

  /**
   * An answer to an operation, or to a lock that was asked for the first time.
   *
   * @param result the encoded result, or null
   * @param failure why the operation failed; null when it did not
   * @param locked the entities that are locked now; empty for an operation
   */
  public Response(
      @Nullable Payload result, @Nullable FailureDetails failure, List<InstanceId> locked) {
    this(result, failure, locked, null);
  }
}
