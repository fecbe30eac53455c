package io.durable4j.client;

import io.durable4j.orchestration.OrchestratorRef;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts orchestrations and finds them again. Thread-safe. */
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
   * activity fails, and so does a call whose result it was; an instance whose start it was is
   * terminated. Idempotent.
   *
   * @param id the message's {@link QuarantinedMessage#id}
   * @return false when it is not set aside
   * @throws io.durable4j.data.DurableException when it is no message's id
   */
  boolean drop(String id);

  /** Ends the client; those who wait for results get an exception. Idempotent. */
  @Override
  void close();
}
