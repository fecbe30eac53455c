package io.durable4j.client;

import io.durable4j.orchestration.OrchestratorRef;
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

  /** Ends the client; those who wait for results get an exception. Idempotent. */
  @Override
  void close();
}
