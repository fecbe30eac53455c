package io.durable4j.client;

import io.durable4j.data.TypeRef;
import io.durable4j.history.InstanceState;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRef;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts orchestrations and finds them again; signals entities and reads them. Thread-safe. */
public interface DurableClient extends AutoCloseable {
  /**
   * Starts an orchestration at once under a random id.
   *
   * @param orchestrator which
   * @param input its input
   * @param <I> the input
   * @param <O> the output
   * @return the instance; its start is durable
   */
  default <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> schedule(
      OrchestratorRef<I, O> orchestrator, I input) {
    return schedule(orchestrator, input, StartOptions.DEFAULT);
  }

  /**
   * Starts an orchestration.
   *
   * @param orchestrator which
   * @param input its input
   * @param options id, time, tags, version, reuse policy
   * @param <I> the input
   * @param <O> the output
   * @return the instance; its start is durable
   * @throws InstanceExistsException when the id is taken and the policy does not replace it
   * @throws io.durable4j.history.InstanceId.InvalidIdException when the given id is malformed, or
   *     begins with {@code @} as only entities' ids do
   * @throws io.durable4j.data.PayloadException when the input cannot be encoded or is too large
   */
  <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> schedule(
      OrchestratorRef<I, O> orchestrator, I input, StartOptions options);

  /**
   * An instance by id, with a typed result. Reads nothing.
   *
   * @param orchestrator its contract
   * @param id its id
   * @param <O> the output
   * @return the instance, which need not exist
   */
  <O extends @Nullable Object> InstanceHandle<O> instance(
      OrchestratorRef<?, O> orchestrator, String id);

  /**
   * An instance by id. Reads nothing.
   *
   * @param id its id
   * @return the instance, which need not exist
   */
  InstanceHandle<@Nullable Object> instance(String id);

  /**
   * Lists the messages that were set aside because they cannot be dealt with, page by page as the
   * stream is read.
   *
   * @return the messages, in an order that stays the same
   */
  Stream<QuarantinedMessage> quarantined();

  /**
   * Puts a message that was set aside back into its queue, with its count at zero: the next worker
   * tries it again. Idempotent.
   *
   * @param id the message's {@link QuarantinedMessage#id}
   * @return false when it is not set aside
   * @throws io.durable4j.data.DurableException when it is no message's id
   */
  boolean requeue(String id);

  /**
   * Gives a message that was set aside up for good. What waits for it is told: the call of an
   * activity or an entity fails, and so does a call whose result it was; an instance whose start it
   * was is terminated. Idempotent.
   *
   * @param id the message's {@link QuarantinedMessage#id}
   * @return false when it is not set aside
   * @throws io.durable4j.data.DurableException when it is no message's id
   */
  boolean drop(String id);

  /**
   * Finds instances; no entities. Read page by page, as the stream is consumed: what happens
   * meanwhile may be seen or not, and no instance is seen twice. Where storage keeps states for
   * queries apart from histories, a list may be a moment behind; {@link InstanceHandle#state} and
   * {@link InstanceHandle#find} are not.
   *
   * @param which changes {@link InstanceQuery#ALL}
   * @return the states, in an order that stays the same; the stream holds nothing open
   */
  Stream<InstanceState> query(UnaryOperator<InstanceQuery> which);

  /**
   * Finds instances, one page of them; no entities.
   *
   * @param which changes {@link InstanceQuery#ALL}
   * @param from {@link InstancePage#next()} of the page before; null for the first
   * @return a page
   * @throws io.durable4j.data.DurableException when the token is of another query
   */
  InstancePage page(UnaryOperator<InstanceQuery> which, @Nullable String from);

  /**
   * Removes finished instances with everything they hold. One that is re-created meanwhile stays.
   * Nothing is lost by stopping in the middle: a further call goes on.
   *
   * @param which changes {@link InstanceQuery#ALL}; live ones among them are passed over
   * @param how time budget and progress; with descendants, these go before their ancestors, and a
   *     tree with a live instance in it is passed over
   * @return how far it came
   * @throws IllegalArgumentException when the query names a live status
   */
  BatchResult purge(UnaryOperator<InstanceQuery> which, Batch how);

  /**
   * Asks for the end of live instances, as {@link InstanceHandle#terminate(String, boolean)} does.
   *
   * @param which changes {@link InstanceQuery#ALL}; finished ones among them are passed over
   * @param why the reason, which becomes the output
   * @param how time budget and progress
   * @return how far it came
   */
  BatchResult terminate(UnaryOperator<InstanceQuery> which, String why, Batch how);

  /**
   * Asks live instances to pause.
   *
   * @param which changes {@link InstanceQuery#ALL}; finished and suspended ones among them are
   *     passed over
   * @param why the reason
   * @param how time budget and progress
   * @return how far it came
   * @throws IllegalArgumentException when descendants are asked for: a pause concerns one instance
   */
  BatchResult suspend(UnaryOperator<InstanceQuery> which, String why, Batch how);

  /**
   * Tells an entity to run an operation; nobody waits for it. The signal is durable when this
   * returns, and counts once. An entity that does not exist comes to be.
   *
   * @param entity which
   * @param oneCall calls exactly one method of the entity's interface, whose result it may not use
   * @param <T> the interface
   * @throws io.durable4j.data.DurableException when the code calls no method of the interface, or a
   *     second one, or the entity has no interface
   * @throws io.durable4j.data.PayloadException when the arguments cannot be encoded or are too
   *     large
   */
  default <T> void signal(EntityId<T> entity, Consumer<T> oneCall) {
    signal(entity, oneCall, SignalOptions.DEFAULT);
  }

  /**
   * Tells an entity to run an operation, with options.
   *
   * @param entity which
   * @param oneCall calls exactly one method of the entity's interface, whose result it may not use
   * @param options id, time
   * @param <T> the interface
   * @throws io.durable4j.data.DurableException when the code calls no method of the interface, or a
   *     second one, or the entity has no interface
   * @throws io.durable4j.data.PayloadException when the arguments cannot be encoded or are too
   *     large
   */
  <T> void signal(EntityId<T> entity, Consumer<T> oneCall, SignalOptions options);

  /**
   * Tells an entity by name to run an operation; nobody waits for it.
   *
   * @param entity which
   * @param operation the operation's name; case does not matter
   * @param input its input, or null; for an operation with several parameters a list of them
   * @throws io.durable4j.data.PayloadException when the input cannot be encoded or is too large
   */
  default void signal(EntityId<?> entity, String operation, @Nullable Object input) {
    signal(entity, operation, input, SignalOptions.DEFAULT);
  }

  /**
   * Tells an entity by name to run an operation, with options.
   *
   * @param entity which
   * @param operation the operation's name; case does not matter
   * @param input its input, or null; for an operation with several parameters a list of them
   * @param options id, time
   * @throws IllegalArgumentException when the operation's name is blank
   * @throws io.durable4j.data.PayloadException when the input cannot be encoded or is too large
   */
  void signal(EntityId<?> entity, String operation, @Nullable Object input, SignalOptions options);

  /**
   * Reads the state of an entity, as its newest batch left it. Signals that are on their way may
   * change it at any time.
   *
   * @param entity which
   * @param type the state's type
   * @param <S> the state
   * @return the state; empty when it does not exist
   * @throws io.durable4j.data.PayloadException when the state is of another type
   */
  default <S> Optional<S> entityState(EntityId<?> entity, Class<S> type) {
    return entityState(entity, TypeRef.of(type));
  }

  /**
   * Reads the state of an entity, of a generic type.
   *
   * @param entity which
   * @param type the state's type
   * @param <S> the state
   * @return the state; empty when it does not exist
   * @throws io.durable4j.data.PayloadException when the state is of another type
   */
  <S> Optional<S> entityState(EntityId<?> entity, TypeRef<S> type);

  /**
   * Reads what is stored of an entity.
   *
   * @param entity which
   * @return what is stored; empty when there is nothing. One that has no state may still be locked
   */
  Optional<EntityInfo> entity(EntityId<?> entity);

  /**
   * Finds entities. Read page by page, as the stream is consumed. Where storage keeps states for
   * queries apart, a list may be a moment behind; {@link #entity} and {@link #entityState} are not.
   *
   * @param which changes {@link EntityQuery#ALL}
   * @return the entities, in an order that stays the same; the stream holds nothing open
   */
  Stream<EntityInfo> entities(UnaryOperator<EntityQuery> which);

  /**
   * Finds entities, one page of them.
   *
   * @param which changes {@link EntityQuery#ALL}
   * @param from {@link EntityPage#next()} of the page before; null for the first
   * @return a page
   * @throws io.durable4j.data.DurableException when the token is of another query
   */
  EntityPage entityPage(UnaryOperator<EntityQuery> which, @Nullable String from);

  /**
   * Cleans up what entities leave behind, one page of them: removes those that have no state, are
   * not locked, have nothing queued, and have done nothing for long; and gives back locks whose
   * holder has ended, or is no more; not those of one that a turn is about to bring to life. May be
   * called at any time, also by several at once: what an entity does meanwhile is not lost. Nothing
   * is lost by stopping in the middle either.
   *
   * @param how age, page size, where to go on
   * @return what was done, and where to go on
   * @throws io.durable4j.data.DurableException when the token is of a query
   */
  EntityCleanup cleanEntities(EntityCleaning how);

  /** Ends the client; those who wait for results get an exception. Idempotent. */
  @Override
  void close();
}
