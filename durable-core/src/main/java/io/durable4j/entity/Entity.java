package io.durable4j.entity;

import org.jspecify.annotations.Nullable;

/**
 * The base of entity classes: an object whose field {@link #state} is durable. A class implements
 * its contract beside it; a fresh object, from the supplier that was registered, serves each batch
 * of operations, one operation at a time, so that other fields are neither kept nor shared.
 *
 * <p>Each operation is a transaction: when it throws, the state is what it was before, and what the
 * operation sent is not sent. A state that is null after an operation means that the entity is
 * deleted; the next operation begins with {@link #initialState} again.
 *
 * @param <S> the state; anything that the converter encodes
 */
public abstract class Entity<S> {
  /** The state; set before each operation, stored after it. Null deletes the entity. */
  @SuppressWarnings("NullAway") // set before each operation
  protected S state;

  /** For subclasses. */
  protected Entity() {}

  /**
   * The state of an entity that has none yet.
   *
   * @return the state that the first operation sees
   */
  protected abstract S initialState();

  /**
   * What the operation that runs can know and do.
   *
   * @return the context
   * @throws io.durable4j.data.DurableException when no operation runs
   */
  protected final EntityContext context() {
    return EntityContext.current();
  }

  /** Deletes the entity once the operation returns. */
  @SuppressWarnings("NullAway") // null stands for no entity
  protected final void deleteEntity() {
    state = null;
  }

  @Nullable Object stateOrNull() {
    return state;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the engine decodes it as S
  void begin(@Nullable Object current) {
    state = current == null ? initialState() : (S) current;
  }
}
