package io.durable4j.internal.client;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceExistsException;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.QuarantinedMessage;
import io.durable4j.client.StartOptions;
import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.ReusePolicy;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of one hub. */
public final class HubClient implements DurableClient {
  private final ClientParts parts;

  /**
   * Creates a client.
   *
   * @param parts what it works with
   */
  public HubClient(ClientParts parts) {
    this.parts = parts;
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
        new InstanceId(
            given != null ? given : parts.drive().randomId().toString().replace("-", ""));
    Payload payload = parts.encode(input, "Instance " + id + ", input of " + orchestrator.name());
    NewInstance instance = newInstance(id, orchestrator.name(), payload, options);
    CreateOutcome outcome =
        parts.calling(
            () -> parts.hub().instances().create(instance, new ReusePolicy(options.replace())));
    if (outcome instanceof CreateOutcome.Exists exists) {
      throw new InstanceExistsException(
          id.value(),
          "Instance "
              + id
              + " exists and is "
              + exists.state().status()
              + "; choose another id, or a reuse policy that replaces it");
    }
    return new Handle<>(parts, id, orchestrator.output());
  }

  private NewInstance newInstance(
      InstanceId id, String name, @Nullable Payload input, StartOptions options) {
    Instant now = parts.drive().now();
    ExecutionId execution = ExecutionId.of(parts.drive().randomId());
    Instant startAt = options.startAt();
    String version = options.version() == null ? parts.rules().defaultVersion() : options.version();
    InstanceState.Start start =
        new InstanceState.Start(name, version, input, options.tags(), null, now, startAt, 0);
    InstanceState state =
        new InstanceState(
            id,
            execution,
            start,
            InstanceState.Progress.of(OrchestrationStatus.PENDING, now),
            List.of());
    HistoryEvent event =
        HistoryEvent.of(
            now,
            MessageId.derived("start", execution),
            new ExecutionStarted(
                id, execution, name, version, input, options.tags(), null, startAt, 0));
    Message message = new Message(new Address(id, execution), null, event);
    Instant visible = startAt != null && startAt.isAfter(now) ? startAt : now;
    return new NewInstance(state, new Outbound(message, parts.queueOf(id), visible, false));
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
  public void close() {
    parts.waits().close();
  }
}
