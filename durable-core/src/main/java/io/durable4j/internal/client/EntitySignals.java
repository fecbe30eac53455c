package io.durable4j.internal.client;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.SignalOptions;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityCall;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Stamps;
import io.durable4j.orchestration.EntityId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends signals to entities. */
record EntitySignals(ClientParts parts) {
  <T> void byContract(EntityId<T> to, Consumer<T> code, SignalOptions options) {
    Objects.requireNonNull(code, "A signal needs code that calls one method of the entity");
    if (to.contract() == Object.class) {
      throw new DurableException(
          "Entity "
              + to
              + " has no interface to call; signal it by the name of the operation, or take"
              + " EntityId.of(SomeInterface.class, key)");
    }
    EntityCall call = EntityCall.recorded(to.contract(), code);
    signal(to, call.operation(), call.arguments(), options);
  }

  void byName(EntityId<?> to, String operation, @Nullable Object input, SignalOptions options) {
    Objects.requireNonNull(operation, "A signal needs the name of an operation");
    if (operation.isBlank()) {
      throw new IllegalArgumentException("A signal to " + to + " needs the name of an operation");
    }
    if (input instanceof SignalOptions) {
      throw new IllegalArgumentException(
          "The options of a signal come after its input; give null for no input");
    }
    signal(to, operation, input == null ? List.of() : Arrays.asList(input), options);
  }

  private void signal(
      EntityId<?> to, String operation, List<@Nullable Object> arguments, SignalOptions options) {
    ClientInterceptor.Signal call =
        new ClientInterceptor.Signal(to.instanceId(), operation, arguments, options);
    parts.rules().signal(call, c -> send(to, operation, c.arguments(), c.options()));
  }

  private void send(
      EntityId<?> to, String operation, List<@Nullable Object> arguments, SignalOptions options) {
    parts.refuseIfClosed();
    String what = "Entity " + to + ", input of operation " + operation;
    Payload input = parts.encodeArguments(arguments, what);
    UUID id = options.id() == null ? parts.drive().randomId() : UUID.fromString(options.id());
    Instant now = parts.drive().now();
    Instant at = options.at();
    Instant due = at != null && at.isAfter(now) ? at : null;
    // without a sender it gives no place; the entity counts its own messages' times from it
    Request.Stamp sent = new Request.Stamp(Stamps.rounded(now), null);
    Request request = new Request(id.toString(), operation, true, input, null, due, sent, null);
    EventRaised event = EntityEvents.raised(request);
    refuseOversized(what, event.input());
    InstanceId entity = new InstanceId(to.instanceId());
    Instant visible = due == null ? now : parts.visibleAt(due, now);
    Control.send(parts, entity, new MessageId(id), visible, event);
  }

  /** The input grows where it is put into the request. */
  private void refuseOversized(String what, @Nullable Payload request) {
    int size = request == null ? 0 : request.sizeInBytes();
    if (size > parts.capabilities().maxPayload()) {
      throw new PayloadException(
          what
              + ": the request that holds it has "
              + size
              + " bytes, the backend's limit is "
              + parts.capabilities().maxPayload(),
          null);
    }
  }
}
