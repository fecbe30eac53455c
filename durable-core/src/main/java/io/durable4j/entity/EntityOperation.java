package io.durable4j.entity;

import io.durable4j.data.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * An operation under way, for entities that are written as lambdas.
 *
 * @param <S> the state
 */
public interface EntityOperation<S> {
  /**
   * The operation.
   *
   * @return its name as the caller wrote it
   */
  String name();

  /**
   * The input.
   *
   * @param type what it is
   * @param <I> the input
   * @return the input; null when there is none
   */
  default <I> @Nullable I input(Class<I> type) {
    return input(TypeRef.of(type));
  }

  /**
   * The input with a generic type.
   *
   * @param type what it is
   * @param <I> the input
   * @return the input; null when there is none
   */
  <I> @Nullable I input(TypeRef<I> type);

  /**
   * The state before the operation, or as it was set last.
   *
   * @return the state; the initial one where the entity had none
   */
  S state();

  /**
   * Sets the state.
   *
   * @param state the new state; null deletes the entity
   */
  void state(@Nullable S state);

  /**
   * What the operation can know and do.
   *
   * @return the context
   */
  EntityContext context();
}
