package io.durable4j.internal.client;

import io.durable4j.client.Batch;
import io.durable4j.client.BatchResult;
import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.DurableClient;
import io.durable4j.client.EntityCleaning;
import io.durable4j.client.EntityCleanup;
import io.durable4j.client.EntityInfo;
import io.durable4j.client.EntityPage;
import io.durable4j.client.EntityQuery;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.InstancePage;
import io.durable4j.client.InstanceQuery;
import io.durable4j.client.QuarantinedMessage;
import io.durable4j.client.SignalOptions;
import io.durable4j.client.StartOptions;
import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.ReusePolicy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of one hub. */
public final class HubClient implements DurableClient {
  private final ClientParts parts;
  private final Runnable atClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Creates a client that ends with its host.
   *
   * @param parts what it works with
   */
  public HubClient(ClientParts parts) {
    this(parts, () -> {});
  }

  /**
   * Creates a client.
   *
   * @param parts what it works with
   * @param atClose ends what is the client's own; called once
   */
  public HubClient(ClientParts parts, Runnable atClose) {
    this.parts = parts;
    this.atClose = atClose;
  }

  @Override
  @SuppressWarnings("unchecked") // handles come from the end of the chain
  public <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> schedule(
      OrchestratorRef<I, O> orchestrator, I input, StartOptions options) {
    ClientInterceptor.Start call = new ClientInterceptor.Start(orchestrator.name(), input, options);
    return (InstanceHandle<O>)
        parts.rules().start(call, c -> start(orchestrator, c.input(), c.options()));
  }

  private <O extends @Nullable Object> InstanceHandle<O> start(
      OrchestratorRef<?, O> orchestrator, @Nullable Object input, StartOptions options) {
    parts.refuseIfClosed();
    String given = options.id();
    InstanceId id =
        InstanceId.ofOrchestration(
            given != null ? given : parts.drive().randomId().toString().replace("-", ""));
    Payload payload = parts.encode(input, "Instance " + id + ", input of " + orchestrator.name());
    String version = options.version() == null ? parts.rules().defaultVersion() : options.version();
    InstanceState.Start start =
        new InstanceState.Start(
            orchestrator.name(),
            version,
            payload,
            options.tags(),
            null,
            parts.drive().now(),
            options.startAt(),
            0);
    NewInstance instance = Starts.of(parts, id, start);
    new Starts(parts)
        .create(
            given == null ? instance.withNewId() : instance, new ReusePolicy(options.replace()));
    return new Handle<>(parts, id, orchestrator.output());
  }

  @Override
  public <O extends @Nullable Object> InstanceHandle<O> instance(
      OrchestratorRef<?, O> orchestrator, String id) {
    return new Handle<>(parts, new InstanceId(id), orchestrator.output());
  }

  @Override
  @SuppressWarnings("NullAway") // an untyped result may be null
  public InstanceHandle<@Nullable Object> instance(String id) {
    return new Handle<@Nullable Object>(parts, new InstanceId(id), TypeRef.of(Object.class));
  }

  @Override
  public Stream<QuarantinedMessage> quarantined() {
    return new SetAside(parts).list();
  }

  @Override
  public boolean requeue(String id) {
    return new SetAside(parts).requeue(id);
  }

  @Override
  public boolean drop(String id) {
    return new SetAside(parts).drop(id);
  }

  @Override
  public Stream<InstanceState> query(UnaryOperator<InstanceQuery> which) {
    Finder finder = new Finder(parts);
    InstanceQuery q = which.apply(InstanceQuery.ALL);
    return Found.stream(
        from -> {
          InstancePage page = finder.shown(q, from);
          return new Found.Part<>(page.instances(), page.next());
        });
  }

  @Override
  public InstancePage page(UnaryOperator<InstanceQuery> which, @Nullable String from) {
    return new Finder(parts).shown(which.apply(InstanceQuery.ALL), from);
  }

  @Override
  public BatchResult purge(UnaryOperator<InstanceQuery> which, Batch how) {
    return new Batches(parts).purge(which.apply(InstanceQuery.ALL), how);
  }

  @Override
  public BatchResult terminate(UnaryOperator<InstanceQuery> which, String why, Batch how) {
    return new Batches(parts).terminate(which.apply(InstanceQuery.ALL), why, how);
  }

  @Override
  public BatchResult suspend(UnaryOperator<InstanceQuery> which, String why, Batch how) {
    return new Batches(parts).suspend(which.apply(InstanceQuery.ALL), why, how);
  }

  @Override
  public <T> void signal(EntityId<T> entity, Consumer<T> oneCall, SignalOptions options) {
    new EntitySignals(parts).byContract(entity, oneCall, options);
  }

  @Override
  public void signal(
      EntityId<?> entity, String operation, @Nullable Object input, SignalOptions options) {
    new EntitySignals(parts).byName(entity, operation, input, options);
  }

  @Override
  public <S> Optional<S> entityState(EntityId<?> entity, TypeRef<S> type) {
    return new EntityFinder(parts).state(entity, type);
  }

  @Override
  public Optional<EntityInfo> entity(EntityId<?> entity) {
    return new EntityFinder(parts).entity(entity);
  }

  @Override
  public Stream<EntityInfo> entities(UnaryOperator<EntityQuery> which) {
    return new EntityFinder(parts).all(which.apply(EntityQuery.ALL));
  }

  @Override
  public EntityPage entityPage(UnaryOperator<EntityQuery> which, @Nullable String from) {
    return new EntityFinder(parts).page(which.apply(EntityQuery.ALL), from);
  }

  @Override
  public EntityCleanup cleanEntities(EntityCleaning how) {
    return new EntityCleaner(parts).clean(how);
  }

  @Override
  public void close() {
    parts.waits().close();
    if (!closed.getAndSet(true)) {
      atClose.run();
    }
  }
}
