package io.durable4j.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * Stands around the orchestrators of a host, in each episode. It runs on the orchestrator's thread,
 * is replayed with it, and is bound to the same rules: the same history, the same doing. What it
 * throws fails the instance, as if the orchestrator had thrown it; what it returns is the result.
 *
 * <p>{@link Call#proceed} leaves by the engine's unwinding signal while the orchestrator waits;
 * code in {@code finally} runs then too, in each episode.
 */
@FunctionalInterface
public interface OrchestrationInterceptor {
  /**
   * Runs the orchestrator, or does not.
   *
   * @param context the orchestrator's own context, with the instance's tags and headers
   * @param call what is called
   * @return the result of the orchestration, usually that of {@code call.proceed()}
   * @throws Exception a failure of the orchestration
   */
  @Nullable Object intercept(OrchestrationContext context, Call call) throws Exception;

  /** An orchestrator about to run, or the next interceptor. */
  interface Call {
    /**
     * The orchestrator.
     *
     * @return its name
     */
    String name();

    /**
     * The input.
     *
     * @return the decoded input, or null
     */
    @Nullable Object input();

    /**
     * Goes on to the next interceptor, at last to the orchestrator.
     *
     * @return the result
     * @throws Exception whatever it throws
     */
    @Nullable Object proceed() throws Exception;
  }
}
