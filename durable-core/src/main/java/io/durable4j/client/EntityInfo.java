package io.durable4j.client;

import io.durable4j.data.TypeRef;
import io.durable4j.orchestration.EntityId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is stored of an entity, as it was when it was read. Immutable. */
public interface EntityInfo {
  /**
   * The entity.
   *
   * @return its id; calls on it go by name
   */
  EntityId<Object> id();

  /**
   * Whether it has a state. One that was never written or was deleted has none, and may still be
   * locked, or have requests queued.
   *
   * @return true when it does
   */
  boolean exists();

  /**
   * When it last did something: an operation, also one that changed nothing, or a lock.
   *
   * @return the time
   */
  Instant modifiedAt();

  /**
   * How many requests it has taken in that wait: for the end of a lock, or for others that were
   * sent before them. Those on their way to it do not count.
   *
   * @return 0 or more
   */
  int queued();

  /**
   * Which orchestration holds it.
   *
   * @return the instance id; null when it is not locked
   */
  @Nullable String lockedBy();

  /**
   * The state.
   *
   * @param type its type
   * @param <S> the state
   * @return the state; empty when it does not exist
   * @throws io.durable4j.data.PayloadException when the state is of another type
   * @throws IllegalStateException when it comes from a query {@linkplain EntityQuery#withoutState()
   *     without states}
   */
  default <S> Optional<S> state(Class<S> type) {
    return state(TypeRef.of(type));
  }

  /**
   * The state, of a generic type.
   *
   * @param type its type
   * @param <S> the state
   * @return the state; empty when it does not exist
   * @throws io.durable4j.data.PayloadException when the state is of another type
   * @throws IllegalStateException when it comes from a query {@linkplain EntityQuery#withoutState()
   *     without states}
   */
  <S> Optional<S> state(TypeRef<S> type);
}
