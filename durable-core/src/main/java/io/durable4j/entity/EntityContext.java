package io.durable4j.entity;

import io.durable4j.data.DurableException;
import io.durable4j.orchestration.Action;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an entity's operation can know and do. It belongs to the operation and to its thread. What
 * an operation sends goes out with the commit of its batch, and not at all when the operation
 * throws.
 */
public interface EntityContext {
  /**
   * The context of the operation on the calling thread.
   *
   * @return the context
   * @throws DurableException when the thread runs no operation of an entity
   */
  static EntityContext current() {
    EntityContext context = CurrentEntity.THREAD.get();
    if (context == null) {
      throw new DurableException("This thread does not run an operation of an entity");
    }
    return context;
  }

  /**
   * Runs code under a context. For those who test entities without an engine, and for the engine.
   *
   * @param context what {@link #current()} shall answer; null for none
   * @param body the code
   */
  static void runWith(@Nullable EntityContext context, Runnable body) {
    EntityContext before = CurrentEntity.THREAD.get();
    CurrentEntity.THREAD.set(context);
    try {
      body.run();
    } finally {
      if (before == null) {
        CurrentEntity.THREAD.remove();
      } else {
        CurrentEntity.THREAD.set(before);
      }
    }
  }

  /**
   * The entity.
   *
   * @return its id
   */
  EntityId<Object> id();

  /**
   * Which one of its kind the entity is.
   *
   * @return the key
   */
  default String key() {
    return id().key();
  }

  /**
   * The operation.
   *
   * @return its name as the caller wrote it
   */
  String operation();

  /**
   * Who asked for the operation.
   *
   * @return the instance id of an orchestration or an entity; null for a client
   */
  @Nullable String caller();

  /**
   * A key that is the same however often this very operation is tried, and of no other operation.
   *
   * @return the id of the request
   */
  String idempotencyKey();

  /**
   * The time at which the batch began.
   *
   * @return the time
   */
  Instant currentInstant();

  /**
   * A stub of another entity for {@link #signal(Action)}. It is of no use outside.
   *
   * @param id the other entity
   * @param <T> its contract
   * @return the stub
   */
  <T> T entity(EntityId<T> id);

  /**
   * Sends the one operation that the code calls on a stub of {@link #entity}; nobody waits for it.
   *
   * @param oneEntityCall makes exactly one call
   */
  void signal(Action oneEntityCall);

  /**
   * The same at a later time.
   *
   * @param at when the operation is due
   * @param oneEntityCall makes exactly one call
   */
  void signal(Instant at, Action oneEntityCall);

  /**
   * Sends an operation by name; nobody waits for it.
   *
   * @param id the other entity, or this one
   * @param operation the operation, not blank
   * @param input its input, or null
   */
  void signal(EntityId<?> id, String operation, @Nullable Object input);

  /**
   * The same at a later time.
   *
   * @param at when the operation is due
   * @param id the other entity, or this one
   * @param operation the operation, not blank
   * @param input its input, or null
   */
  void signal(Instant at, EntityId<?> id, String operation, @Nullable Object input);

  /**
   * Starts an orchestration and leaves it alone. Where an instance of the id exists, nothing
   * happens.
   *
   * @param orchestrator which
   * @param input its input
   * @param options instance id, tags and version; retries and a timeout are refused
   * @param <I> the input
   * @return the instance id, given or derived
   */
  <I extends @Nullable Object> String startOrchestrator(
      OrchestratorRef<I, ?> orchestrator, I input, CallOptions options);

  /**
   * Starts an orchestration under a derived id and leaves it alone.
   *
   * @param orchestrator which
   * @param input its input
   * @param <I> the input
   * @return the instance id
   */
  default <I extends @Nullable Object> String startOrchestrator(
      OrchestratorRef<I, ?> orchestrator, I input) {
    return startOrchestrator(orchestrator, input, CallOptions.DEFAULT);
  }
}
