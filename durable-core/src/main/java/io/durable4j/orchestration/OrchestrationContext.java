package io.durable4j.orchestration;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The orchestrator's only way to the world. Every call belongs to the orchestrator's own thread and
 * to the time before it returns; other calls are refused with an {@link OrchestratorRuleException}.
 * While an episode unwinds, every call throws the unwinding signal again, so that {@code finally}
 * and {@code catch (Throwable)} in user code do no harm.
 */
public interface OrchestrationContext extends EntityCalls {
  /**
   * The instance.
   *
   * @return its id
   */
  String instanceId();

  /**
   * The execution: a new one with each re-creation and continue-as-new.
   *
   * @return its id
   */
  String executionId();

  /**
   * The tags that the instance was started with.
   *
   * @return the tags
   */
  Map<String, String> tags();

  /**
   * The headers that the instance was started with; activities and children inherit them.
   *
   * @return the headers
   */
  Map<String, String> headers();

  /**
   * The version that the instance was started with.
   *
   * @return the version, or empty
   */
  String version();

  /**
   * A stub on which a call starts the activity and waits for it.
   *
   * @param contract an accessible interface
   * @param <T> the contract
   * @return the stub
   */
  <T> T activities(Class<T> contract);

  /**
   * The same with options for every call on the stub.
   *
   * @param contract an accessible interface
   * @param options how to call
   * @param <T> the contract
   * @return the stub
   */
  <T> T activities(Class<T> contract, CallOptions options);

  /**
   * Starts the one call that the code makes on a stub, without waiting.
   *
   * @param oneStubCall makes exactly one call and returns what it gives
   * @param <R> the result
   * @return the call under way
   */
  <R extends @Nullable Object> Task<R> async(Callable<R> oneStubCall);

  /**
   * Starts the one call of a method without a result.
   *
   * @param oneStubCall makes exactly one call
   * @return the call under way
   */
  Task<@Nullable Void> asyncRun(Action oneStubCall);

  /**
   * Runs code here and now and records its result. For what is quick and local; a crash before the
   * next commit runs it again. No step begins before the result of the step before is durable.
   *
   * @param name the step's name in history
   * @param type the result
   * @param body the code; may not use the context
   * @param <R> the result
   * @return the result; on replay the recorded one
   * @throws TaskFailedException when the code threw, also on replay
   */
  <R extends @Nullable Object> R step(String name, Class<R> type, Callable<? extends R> body);

  /**
   * The same with a generic result.
   *
   * @param name the step's name in history
   * @param type the result
   * @param body the code; may not use the context
   * @param <R> the result
   * @return the result; on replay the recorded one
   */
  <R extends @Nullable Object> R step(String name, TypeRef<R> type, Callable<? extends R> body);

  /**
   * Starts an activity.
   *
   * @param activity which
   * @param input its input
   * @param <I> the input
   * @param <O> the output
   * @return the call under way
   */
  default <I extends @Nullable Object, O extends @Nullable Object> Task<O> callActivity(
      ActivityRef<I, O> activity, I input) {
    return callActivity(activity, input, CallOptions.DEFAULT);
  }

  /**
   * Starts an activity.
   *
   * @param activity which
   * @param input its input
   * @param options how to call
   * @param <I> the input
   * @param <O> the output
   * @return the call under way
   */
  <I extends @Nullable Object, O extends @Nullable Object> Task<O> callActivity(
      ActivityRef<I, O> activity, I input, CallOptions options);

  /**
   * Starts another orchestration as a child of this one, under a derived instance id.
   *
   * @param orchestrator which
   * @param input its input
   * @param <I> the input
   * @param <O> the output
   * @return the child under way
   */
  default <I extends @Nullable Object, O extends @Nullable Object> Task<O> callSubOrchestrator(
      OrchestratorRef<I, O> orchestrator, I input) {
    return callSubOrchestrator(orchestrator, input, CallOptions.DEFAULT);
  }

  /**
   * Starts another orchestration as a child of this one. The task ends with the child; cancelling
   * it only ends the waiting, the child goes on. The child has this orchestration's tags, those of
   * the options winning.
   *
   * @param orchestrator which
   * @param input its input
   * @param options instance id, retries, tags and version; a timeout is refused. Where an instance
   *     of the id exists that is no former attempt of this call, the task fails with {@code
   *     InstanceExists}, and that instance is left alone
   * @param <I> the input
   * @param <O> the output
   * @return the child under way; fails with the child's failure as recorded, its causes included
   */
  <I extends @Nullable Object, O extends @Nullable Object> Task<O> callSubOrchestrator(
      OrchestratorRef<I, O> orchestrator, I input, CallOptions options);

  /**
   * Starts another orchestration and leaves it alone: this one never hears of it. It has no parent.
   *
   * @param orchestrator which
   * @param input its input
   * @param options instance id, tags and version; retries and a timeout are refused. Where an
   *     instance of the id exists, nothing happens
   * @param <I> the input
   * @return the instance id, given or derived
   */
  <I extends @Nullable Object> String startOrchestrator(
      OrchestratorRef<I, ?> orchestrator, I input, CallOptions options);

  /**
   * Sends an event to another instance, which gets it once. An instance that is missing or has
   * ended does not get it, and nobody is told.
   *
   * @param instanceId whose event it is; not an entity's
   * @param event which
   * @param payload what it carries
   * @param <P> the payload
   */
  <P extends @Nullable Object> void sendEvent(String instanceId, EventRef<P> event, P payload);

  /**
   * Waits for the next event of a name. Events that came before are buffered; waiters are served in
   * the order in which they asked.
   *
   * @param event which
   * @param <P> the payload
   * @return the wait
   */
  <P extends @Nullable Object> Task<P> waitForExternalEvent(EventRef<P> event);

  /**
   * Sets a durable timer.
   *
   * @param delay how long from {@link #currentInstant()}; zero or less fires at once
   * @return the timer
   */
  Task<@Nullable Void> createTimer(Duration delay);

  /**
   * Sets a durable timer.
   *
   * @param due when; a past time fires at once
   * @return the timer
   */
  Task<@Nullable Void> createTimer(Instant due);

  /**
   * Waits for a durable timer.
   *
   * @param delay how long
   */
  default void sleep(Duration delay) {
    createTimer(delay).await();
  }

  /**
   * A task that ends when all have ended.
   *
   * @param tasks the tasks
   * @param <V> their result
   * @return their results in order; when some failed, the failure of the first of these in order
   */
  <V extends @Nullable Object> Task<List<V>> allOf(Collection<? extends Task<? extends V>> tasks);

  /**
   * A task that ends with the first that ends, well or badly.
   *
   * @param tasks the tasks, at least one
   * @return the one that ended first
   */
  Task<Task<?>> anyOf(Task<?>... tasks);

  /**
   * Starts a task for each item, at most so many at a time.
   *
   * @param items the items
   * @param maxInFlight how many at a time, at least 1
   * @param each starts the task of an item; may not wait
   * @param <T> the item
   * @param <V> the result
   * @return the outcomes in the order of the items; never fails itself
   */
  <T extends @Nullable Object, V extends @Nullable Object> Task<List<Outcome<V>>> fanOut(
      Collection<? extends T> items, int maxInFlight, Function<? super T, Task<V>> each);

  /**
   * Runs work that is undone when it fails: what the body gave to {@link Saga#onFailure} runs in
   * reverse order, each compensation recorded and tried again, and the next one even if one fails.
   * Only what the body throws is a failure: waiting is none, and a terminated instance undoes
   * nothing. Work that was begun without waiting for it may still be under way then.
   *
   * <p>Sagas nest. What an inner saga has done well becomes a part of the outer one's work, and is
   * undone with it; an inner saga that fails is undone at once.
   *
   * @param body the work; what it throws is thrown on when all is undone
   * @param <R> the result
   * @return the body's result
   * @throws CompensationFailedException when the body failed, and compensations too
   */
  <R extends @Nullable Object> R saga(SagaBody<R> body);

  /**
   * Whether a change of the code holds for this execution: true when it first asks in a new
   * episode, which is recorded; false when it had gone past this place before the change. The first
   * answer holds for the execution; one that continued as new asks anew. When no instance that is
   * older than the change lives, the question may be deleted together with the former code.
   *
   * <pre>{@code
   * if (ctx.patched("charge-before-shipping")) {
   *   // the new way
   * } else {
   *   // the former way, for instances that are on it
   * }
   * }</pre>
   *
   * @param changeId names the change; not blank, never used again for another one
   * @return whether to go the new way
   */
  boolean patched(String changeId);

  /**
   * Asks to begin again, with a new execution and an empty history, once the function returns:
   * {@code return ctx.continueAsNew(next);}. What the function returns is ignored then; when it
   * throws, the instance fails all the same. Of several requests the last counts. Id, name, tags,
   * parent, custom status and time of creation stay; results and timers of the old execution never
   * reach the new one; events that no wait has taken do.
   *
   * @param input the input of the next generation
   * @param <R> whatever the function returns
   * @return null
   * @throws OrchestratorRuleException when the input is not of the orchestrator's input type
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // so that it can be what the function returns
  default <R extends @Nullable Object> R continueAsNew(@Nullable Object input) {
    return continueAsNew(input, ContinueOptions.DEFAULT);
  }

  /**
   * The same with options.
   *
   * @param input the input of the next generation; not checked when the options name a version,
   *     whose class may take another input
   * @param options how to continue
   * @param <R> whatever the function returns
   * @return null
   * @throws OrchestratorRuleException when the input is not of the orchestrator's input type
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // so that it can be what the function returns
  <R extends @Nullable Object> R continueAsNew(@Nullable Object input, ContinueOptions options);

  /**
   * Sets what the instance says of itself; null clears it. Seen by clients after the episode.
   *
   * @param status any value that can be encoded
   */
  void setCustomStatus(@Nullable Object status);

  /**
   * The orchestration's clock: the time at which the episode began; the same on replay, never
   * running backwards.
   *
   * @return the time
   */
  Instant currentInstant();

  /**
   * A unique id, the same on replay.
   *
   * @return a UUID of version 5
   */
  UUID newUuid();

  /**
   * Randomness that repeats on replay. Not for secrets.
   *
   * @return the generator of this execution
   */
  Random random();

  /**
   * Whether the code runs again what an earlier episode already ran. For diagnostics; branching on
   * it breaks replay.
   *
   * @return true during replay
   */
  boolean isReplaying();

  /**
   * A logger that is silent during replay.
   *
   * @param owner whose log
   * @return the logger
   */
  Logger logger(Class<?> owner);
}
