package io.durable4j.internal.entity;

import io.durable4j.data.DurableException;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a lock, in the words of this engine, which tell what is locked.
 *
 * @param requestId the request that asked
 * @param lockId the id of the lock
 * @param locked the entities
 */
public record Grant(String requestId, String lockId, List<InstanceId> locked) {
  /**
   * Whether an event grants locks that a rewind has asked for again.
   *
   * @param body what came for an orchestration
   * @return whether its lock has an id of its own
   */
  public static boolean isOfRewind(EventBody body) {
    Grant grant = of(body);
    return grant != null && !grant.lockId.equals(grant.requestId);
  }

  /**
   * Reads an event.
   *
   * @param body what came for an orchestration
   * @return the grant; null when it is none, or one of another engine
   */
  public static @Nullable Grant of(EventBody body) {
    if (!(body instanceof EventRaised raised)
        || raised.input() == null
        || !raised.input().text().contains("\"locked\"")) {
      return null;
    }
    try {
      Response response = EntityJson.response(raised.input());
      String lockId = response.lockId() == null ? raised.name() : response.lockId();
      return response.locked().isEmpty()
          ? null
          : new Grant(raised.name(), lockId, response.locked());
    } catch (DurableException e) {
      return null; // a user's event that looks like one
    }
  }
}
