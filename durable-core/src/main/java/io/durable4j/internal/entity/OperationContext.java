package io.durable4j.internal.entity;

import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.entity.EntityContext;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.orchestration.Action;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The context of one operation, and what the operation sends. */
final class OperationContext implements EntityContext {
  private final InstanceId self;
  private final Instant clock;
  private final EntityBatch.Rules rules;
  private final Request request;
  private final @Nullable Stamps stamps;
  private final Thread thread = Thread.currentThread();
  private final List<Outgoing> out = new ArrayList<>();
  private @Nullable Recording recording;
  private boolean ended;

  /**
   * Creates a context.
   *
   * @param batch the batch that the operation is of
   * @param request the operation
   * @param stamps gives what is sent its place; null where nobody sorts
   */
  OperationContext(EntityBatch.Input batch, Request request, @Nullable Stamps stamps) {
    this.self = batch.id();
    this.clock = batch.clock();
    this.rules = batch.rules();
    this.request = request;
    this.stamps = stamps;
  }

  /** The one call that code in signal makes. */
  private static final class Recording {
    private @Nullable InstanceId to;
    private @Nullable EntityCall call;
  }

  /** No more is sent. */
  void end() {
    ended = true;
  }

  /** What the operation has sent. */
  List<Outgoing> out() {
    return out;
  }

  @Override
  public EntityId<Object> id() {
    return EntityId.parse(self.value());
  }

  @Override
  public String operation() {
    return String.valueOf(request.operation());
  }

  @Override
  public @Nullable String caller() {
    Request.Sender sender = request.sender();
    return sender == null ? null : sender.instance().value();
  }

  @Override
  public String idempotencyKey() {
    return request.id();
  }

  @Override
  public Instant currentInstant() {
    return clock;
  }

  @Override
  public <T> T entity(EntityId<T> id) {
    InstanceId to = new InstanceId(id.instanceId());
    return EntityStub.of(id.contract(), call -> called(to, call));
  }

  private void called(InstanceId to, EntityCall next) {
    enter();
    Recording now = recording;
    if (now == null) {
      throw new DurableException(
          label()
              + " calls '"
              + next.operation()
              + "' of "
              + to
              + ", but an entity cannot call and wait; use signal(() -> ...)");
    }
    EntityCall first = now.call;
    if (first != null) {
      throw EntityCall.second(first, next);
    }
    now.to = to;
    now.call = next;
  }

  @Override
  public void signal(Action oneEntityCall) {
    record(null, oneEntityCall);
  }

  @Override
  public void signal(Instant at, Action oneEntityCall) {
    record(Objects.requireNonNull(at, "at"), oneEntityCall);
  }

  private void record(@Nullable Instant at, Action oneEntityCall) {
    enter();
    if (recording != null) {
      throw new DurableException("signal inside signal; send one after the other");
    }
    Recording mine = new Recording();
    recording = mine;
    try {
      oneEntityCall.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new DurableException("The code in signal threw " + e, e);
    } finally {
      recording = null;
    }
    EntityCall call = mine.call;
    InstanceId to = mine.to;
    if (call == null || to == null) {
      throw EntityCall.none();
    }
    send(at, to, call.operation(), EntityArguments.encode(rules.converter(), call.arguments()));
  }

  @Override
  public void signal(EntityId<?> id, String operation, @Nullable Object input) {
    named(null, id, operation, input);
  }

  @Override
  public void signal(Instant at, EntityId<?> id, String operation, @Nullable Object input) {
    named(Objects.requireNonNull(at, "at"), id, operation, input);
  }

  private void named(
      @Nullable Instant at, EntityId<?> id, String operation, @Nullable Object input) {
    enter();
    if (recording != null) {
      throw new DurableException(
          "A signal by name inside of signal(() -> ...), which takes one call on a stub");
    }
    if (operation.isBlank()) {
      throw new DurableException("A signal to " + id + " names no operation");
    }
    send(at, new InstanceId(id.instanceId()), operation, rules.converter().toPayload(input));
  }

  private void send(
      @Nullable Instant at, InstanceId to, String operation, @Nullable Payload input) {
    int index = out.size();
    Request.Stamp stamp =
        at == null && stamps != null ? stamps.next(to, timeOf(request)) : Request.Stamp.NONE;
    // an entity's executions are its batches: as a sender it is one through all of them
    Request.Sender sender = new Request.Sender(self, null);
    String id = MessageId.derived("entity request", request.id(), index).value().toString();
    EventRaised body =
        EntityEvents.raised(new Request(id, operation, true, input, sender, at, stamp, null));
    int size = Objects.requireNonNull(body.input()).sizeInBytes();
    if (size > rules.maxPayload()) {
      if (stamps != null && stamp.timestamp() != null) {
        stamps.takeBack(to, stamp);
      }
      throw tooLarge("the signal '" + operation + "' to " + to, size);
    }
    String identity = "signal:" + request.id() + ":" + index;
    out.add(new Outgoing(new Address(to, null), body, at, identity));
  }

  private PayloadException tooLarge(String what, int size) {
    return new PayloadException(
        label()
            + ": "
            + what
            + " has "
            + size
            + " bytes, the backend's limit is "
            + rules.maxPayload(),
        null);
  }

  @Override
  public <I extends @Nullable Object> String startOrchestrator(
      OrchestratorRef<I, ?> orchestrator, I input, CallOptions options) {
    enter();
    if (recording != null) {
      throw new DurableException("An orchestration is started inside of signal(() -> ...)");
    }
    refuse(orchestrator, options);
    Payload payload = rules.converter().toPayload(input);
    int size = payload == null ? 0 : payload.sizeInBytes();
    if (size > rules.maxPayload()) {
      throw tooLarge("the input of orchestration " + orchestrator.name(), size);
    }
    int index = out.size();
    String own = options.version();
    String version = own == null ? rules.childVersion() : own;
    String given = options.instanceId();
    InstanceId child =
        given == null
            ? derived(index, orchestrator.name(), version, payload)
            : InstanceId.ofOrchestration(given);
    Map<String, String> tags = new HashMap<>(options.tags());
    tags.put(SubOrchestrationCreated.DETACHED, "");
    SubOrchestrationCreated body =
        new SubOrchestrationCreated(orchestrator.name(), version, child, payload, tags);
    String identity = "start:" + request.id() + ":" + index;
    out.add(new Outgoing(new Address(child, null), body, null, identity));
    return child.value();
  }

  private void refuse(OrchestratorRef<?, ?> orchestrator, CallOptions options) {
    if (options.hasRetries() || options.timeout() != null) {
      throw new DurableException(
          label()
              + " starts "
              + orchestrator.name()
              + " with retries or a timeout; nobody hears of its end");
    }
    if (options.tags().containsKey(SubOrchestrationCreated.DETACHED)) {
      throw new DurableException(
          "The tag " + SubOrchestrationCreated.DETACHED + " is the engine's own");
    }
  }

  /** A digest of what is started is part of it: tried again, the operation may start another. */
  private InstanceId derived(int index, String name, String version, @Nullable Payload input) {
    String text = input == null ? null : input.text();
    MessageId digest = MessageId.derived("child", name, version, text);
    return new InstanceId(
        request.id() + ":" + index + ":" + digest.value().toString().substring(0, 8));
  }

  private void enter() {
    if (!thread.equals(Thread.currentThread())) {
      throw new DurableException(
          label() + ": its context belongs to the thread that runs the operation");
    }
    if (ended) {
      throw new DurableException(label() + " has ended, and its context with it");
    }
  }

  private String label() {
    return "Entity " + self + ", operation '" + operation() + "'";
  }

  /**
   * The time from which the places of what is sent count. It is the request's, so that a batch
   * which was not committed and runs again sends the same messages once more.
   */
  private Instant timeOf(Request served) {
    Instant sent = served.stamp().timestamp();
    Instant at = sent == null ? served.due() : sent;
    return at == null ? clock : at;
  }
}
