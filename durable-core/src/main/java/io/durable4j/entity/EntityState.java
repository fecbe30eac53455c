package io.durable4j.entity;

import org.jspecify.annotations.Nullable;

/**
 * The way to an entity object's state from outside its class: for those who test entities without
 * an engine, and for the engine.
 */
public final class EntityState {
  private EntityState() {}

  /**
   * Gives an entity the state that its next operation sees.
   *
   * @param entity the entity
   * @param state the state; null for what {@link Entity#initialState} gives
   */
  public static void begin(Entity<?> entity, @Nullable Object state) {
    entity.begin(state);
  }

  /**
   * The state that an operation left.
   *
   * @param entity the entity
   * @return the state; null when the entity is deleted
   */
  public static @Nullable Object of(Entity<?> entity) {
    return entity.stateOrNull();
  }
}
