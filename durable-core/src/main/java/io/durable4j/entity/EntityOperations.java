package io.durable4j.entity;

import java.util.function.Supplier;

/**
 * The operations of an entity that is written as lambdas.
 *
 * @param <S> the state
 */
public interface EntityOperations<S> {
  /**
   * Says what the state is at first. Without it {@link EntityOperation#state} is null then.
   *
   * @param initial gives the state
   * @return this
   */
  EntityOperations<S> initially(Supplier<? extends S> initial);

  /**
   * Adds an operation. The name {@code delete} needs none: it deletes the entity, unless this gives
   * it another meaning.
   *
   * @param name its name; not blank, matched ignoring case, given once
   * @param code the operation
   * @return this
   */
  EntityOperations<S> on(String name, EntityFunction<S> code);
}
