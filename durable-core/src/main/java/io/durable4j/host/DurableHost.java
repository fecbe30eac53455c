package io.durable4j.host;

import io.durable4j.activity.ActivityFunction;
import io.durable4j.activity.ActivityInterceptor;
import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Limits;
import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.DurableClient;
import io.durable4j.data.DataConverter;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.EntityOperations;
import io.durable4j.observe.EngineListener;
import io.durable4j.observe.Health;
import io.durable4j.orchestration.OrchestrationInterceptor;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A worker in this process: it runs orchestrators and activities of one task hub until it is
 * closed. Thread-safe.
 *
 * <p>Workers of a hub need not know the same names. Activities are shared by all workers, and each
 * takes those that it knows. Instances belong to partitions, and partitions to workers that know an
 * orchestrator; one that knows none owns no partition. An instance whose orchestrator the owner of
 * its partition does not know is parked, tried again with growing pauses, and reported, until its
 * partition goes to a worker that knows it, or the setting {@code unknown.type.grace} is over and
 * it fails. An activity that no worker takes fails after that time, too.
 */
public interface DurableHost extends AutoCloseable {
  /**
   * Begins to build a host.
   *
   * @param backend where everything is stored; closing the host leaves it open
   * @return a builder
   */
  static Builder on(Backend backend) {
    return new HostBuilder(backend);
  }

  /**
   * A client alone: it starts, watches and steers instances that workers elsewhere run. It works
   * with the default settings; see {@link Builder#connect()} for others.
   *
   * @param backend where the hub is; closing the client leaves it open
   * @return the client
   * @throws io.durable4j.spi.HubException when there is no such hub, or one of other settings
   */
  static DurableClient connect(Backend backend) {
    return on(backend).connect();
  }

  /**
   * A client of the same hub.
   *
   * @return the client; it ends with the host
   */
  DurableClient client();

  /**
   * How this host is. Never throws, on any thread. It asks storage for the age of queues and the
   * number of messages set aside, on a thread of its own, and waits at most {@code health.limit}
   * for the answer; while one question is unanswered, no other is asked. All else comes from
   * memory.
   *
   * @return its health now
   */
  Health health();

  /**
   * Stops taking work, lets what runs come to its next commit, interrupts what is still running
   * when the limit is over, and gives the partitions back. Nothing is lost: what did not finish
   * goes on at the next start. An activity that is interrupted then and fails has not failed: it
   * runs again, elsewhere or at the next start. Idempotent.
   *
   * @param limit how long to wait for what runs
   * @return whether every thread of the host has ended
   */
  boolean close(Duration limit);

  /** Closes with the limit of the setting {@code close.timeout}. */
  @Override
  void close();

  /**
   * Builds a host. Not thread-safe. Names are matched ignoring case; a name given twice is refused.
   * A host without orchestrators serves activities only, or only a client.
   */
  interface Builder {
    /**
     * Registers an orchestrator class.
     *
     * @param ref its contract
     * @param fresh gives a fresh object for each episode, so that fields are never shared
     * @param <I> the input
     * @param <O> the output
     * @return this
     */
    <I extends @Nullable Object, O extends @Nullable Object> Builder orchestrator(
        OrchestratorRef<I, O> ref, Supplier<? extends Orchestrator<I, O>> fresh);

    /**
     * Registers an orchestrator that has no state of its own, for example a lambda.
     *
     * @param ref its contract
     * @param code the orchestrator
     * @param <I> the input
     * @param <O> the output
     * @return this
     */
    <I extends @Nullable Object, O extends @Nullable Object> Builder orchestrator(
        OrchestratorRef<I, O> ref, Orchestrator<I, O> code);

    /**
     * Registers the orchestrator class of one version. An instance runs the code of its version;
     * where there is none, the code that was registered without a version, but only if the name has
     * no code with a version.
     *
     * @param ref its contract
     * @param version the version, compared ignoring case; empty for none
     * @param fresh gives a fresh object for each episode, so that fields are never shared
     * @param <I> the input
     * @param <O> the output
     * @return this
     */
    <I extends @Nullable Object, O extends @Nullable Object> Builder orchestrator(
        OrchestratorRef<I, O> ref, String version, Supplier<? extends Orchestrator<I, O>> fresh);

    /**
     * Registers the orchestrator of one version that has no state of its own, for example a lambda.
     *
     * @param ref its contract
     * @param version the version, compared ignoring case; empty for none
     * @param code the orchestrator
     * @param <I> the input
     * @param <O> the output
     * @return this
     */
    <I extends @Nullable Object, O extends @Nullable Object> Builder orchestrator(
        OrchestratorRef<I, O> ref, String version, Orchestrator<I, O> code);

    /**
     * Registers the activities of a contract.
     *
     * @param contract an accessible interface
     * @param implementation does the work; called from many threads
     * @param <T> the contract
     * @return this
     */
    <T> Builder activities(Class<T> contract, T implementation);

    /**
     * Registers the activities of a contract with limits, which they share: with {@code l ->
     * l.maxConcurrent(10)} at most ten runs of all its methods go on at a time at this worker.
     *
     * @param contract an accessible interface
     * @param implementation does the work; called from many threads
     * @param limits changes {@link Limits#NONE}
     * @param <T> the contract
     * @return this
     */
    <T> Builder activities(Class<T> contract, T implementation, UnaryOperator<Limits> limits);

    /**
     * Registers one activity.
     *
     * @param ref its contract
     * @param code does the work; called from many threads
     * @param <I> the input
     * @param <O> the output
     * @return this
     */
    <I extends @Nullable Object, O extends @Nullable Object> Builder activity(
        ActivityRef<I, O> ref, ActivityFunction<I, O> code);

    /**
     * Registers one activity with limits.
     *
     * @param ref its contract
     * @param code does the work; called from many threads
     * @param limits changes {@link Limits#NONE}
     * @param <I> the input
     * @param <O> the output
     * @return this
     */
    <I extends @Nullable Object, O extends @Nullable Object> Builder activity(
        ActivityRef<I, O> ref, ActivityFunction<I, O> code, UnaryOperator<Limits> limits);

    /**
     * Registers a kind of entity, whose name is its contract's {@link io.durable4j.activity.Name},
     * or else the contract's simple name.
     *
     * @param contract an accessible interface; each of its methods is an operation, named as the
     *     method or as its {@code Name} says
     * @param fresh gives a fresh object for each batch of operations; an {@link
     *     io.durable4j.entity.Entity} that implements the contract
     * @param <T> the contract
     * @return this
     * @throws io.durable4j.data.DurableException when what it gives is not such an object, its type
     *     of state cannot be told, or the name is taken
     */
    <T> Builder entity(Class<T> contract, Supplier<? extends T> fresh);

    /**
     * Registers a kind of entity whose operations are lambdas.
     *
     * @param name the kind; without {@code @}, matched ignoring case
     * @param state the class of its state
     * @param operations says what its operations are
     * @param <S> the state
     * @return this
     */
    default <S> Builder entity(
        String name, Class<S> state, Consumer<EntityOperations<S>> operations) {
      return entity(name, TypeRef.of(state), operations);
    }

    /**
     * Registers a kind of entity whose operations are lambdas, with a generic state.
     *
     * @param name the kind; without {@code @}, matched ignoring case
     * @param state the type of its state
     * @param operations says what its operations are
     * @param <S> the state
     * @return this
     */
    <S> Builder entity(String name, TypeRef<S> state, Consumer<EntityOperations<S>> operations);

    /**
     * Adds one who stands around orchestrators; the first added is the outermost.
     *
     * @param interceptor called in each episode, bound to the rules of orchestrators
     * @return this
     */
    Builder interceptOrchestrations(OrchestrationInterceptor interceptor);

    /**
     * Adds one who stands around activities; the first added is the outermost.
     *
     * @param interceptor called from many threads
     * @return this
     */
    Builder interceptActivities(ActivityInterceptor interceptor);

    /**
     * Adds one who stands around the calls of this host's client; the first added is the outermost.
     *
     * @param interceptor called from many threads
     * @return this
     */
    Builder interceptClient(ClientInterceptor interceptor);

    /**
     * Sets one setting.
     *
     * @param setting which
     * @param value its value as text
     * @return this
     */
    Builder set(Setting setting, String value);

    /**
     * Sets many settings; unknown keys and values out of range are refused.
     *
     * @param properties values by {@link Setting#key()}
     * @return this
     */
    Builder settings(Properties properties);

    /**
     * Sets the settings of a file: lines of {@code key=value} in UTF-8, as {@link Properties} read
     * them.
     *
     * @param file the file
     * @return this
     * @throws io.durable4j.data.DurableException when it cannot be read, or holds unknown keys or
     *     values out of range; all of them are named
     */
    Builder settings(Path file);

    /**
     * Replaces the converter of payloads.
     *
     * @param converter the converter
     * @return this
     */
    Builder converter(DataConverter converter);

    /**
     * Adds a listener of what happens in the host; several are called in turn.
     *
     * @param listener called on the engine's threads; must be quick
     * @return this
     */
    Builder listener(EngineListener listener);

    /**
     * A client alone, by these settings and with this converter; what was registered is not used.
     * It writes no hub: a worker has to have made it, with the same name and number of partitions.
     *
     * @return the client; it owns no thread, and ends by its own close
     * @throws io.durable4j.spi.HubException when there is no such hub, or one of other settings
     */
    DurableClient connect();

    /**
     * Creates the hub if need be and starts to work.
     *
     * @return the running host
     */
    DurableHost start();
  }
}
