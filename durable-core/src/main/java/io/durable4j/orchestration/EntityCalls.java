package io.durable4j.orchestration;

import io.durable4j.data.TypeRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestrator can do with entities: the part of {@link OrchestrationContext} that speaks
 * with durable objects. Calls and signals of one orchestration to one entity arrive in the order in
 * which they were made, each once; only a signal for a later time stands outside of that order.
 */
public interface EntityCalls {
  /**
   * A stub of an entity. A call on it waits for the operation's result; inside {@link
   * OrchestrationContext#async} it is only begun; inside {@link #signal(Action)} it is one-way. An
   * operation that fails throws what its method declares, or else a {@link TaskFailedException}.
   *
   * @param id which entity, with an accessible interface as its contract
   * @param <T> the contract
   * @return the stub
   */
  <T> T entity(EntityId<T> id);

  /**
   * Sends the one operation that the code calls on a stub of {@link #entity}; nobody waits for it
   * or hears of its end. What the call gives is null, zero or false.
   *
   * @param oneEntityCall makes exactly one call
   * @throws OrchestratorRuleException when it makes none or a second one, or calls an activity;
   *     then nothing is sent
   */
  void signal(Action oneEntityCall);

  /**
   * The same at a later time.
   *
   * @param at when the operation is due; to 100 nanoseconds
   * @param oneEntityCall makes exactly one call
   * @throws OrchestratorRuleException as without a time
   */
  void signal(Instant at, Action oneEntityCall);

  /**
   * Begins an operation by name.
   *
   * @param id which entity
   * @param operation the operation; not blank
   * @param input its input, or null
   * @param result what it gives
   * @param <R> the result
   * @return the call under way; cancelling it only ends the waiting
   */
  default <R extends @Nullable Object> Task<R> callEntity(
      EntityId<?> id, String operation, @Nullable Object input, Class<R> result) {
    return callEntity(id, operation, input, TypeRef.of(result));
  }

  /**
   * Begins an operation by name, with a generic result.
   *
   * @param id which entity
   * @param operation the operation; not blank
   * @param input its input, or null
   * @param result what it gives
   * @param <R> the result
   * @return the call under way; cancelling it only ends the waiting
   */
  <R extends @Nullable Object> Task<R> callEntity(
      EntityId<?> id, String operation, @Nullable Object input, TypeRef<R> result);

  /**
   * Sends an operation by name; nobody waits for it.
   *
   * @param id which entity
   * @param operation the operation; not blank
   * @param input its input, or null
   */
  void signalEntity(EntityId<?> id, String operation, @Nullable Object input);

  /**
   * The same at a later time.
   *
   * @param at when the operation is due; to 100 nanoseconds
   * @param id which entity
   * @param operation the operation; not blank
   * @param input its input, or null
   */
  void signalEntity(Instant at, EntityId<?> id, String operation, @Nullable Object input);

  /**
   * Code that is to run while this orchestration alone may call some entities:
   *
   * <pre>{@code
   * ctx.lock(A, B).run(() -> {
   *   a.withdraw(10);
   *   b.deposit(10);
   * });
   * }</pre>
   *
   * <p>Nothing is locked before {@link CriticalSection#run} or {@link CriticalSection#call}.
   *
   * @param ids the entities, in any order; one to 100, each once
   * @return the section
   * @throws OrchestratorRuleException when these are no such ids, or this is called inside another
   *     section or in a callback
   */
  CriticalSection lock(EntityId<?>... ids);
}
