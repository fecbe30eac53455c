package io.durable4j.internal.client;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Outbound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages by which a client steers an instance. */
final class Control {
  private Control() {}

  static void terminate(ClientParts parts, InstanceState state, String why, boolean recursive) {
    if (recursive || !state.status().isTerminal()) {
      request(parts, state, "terminate", why, r -> new ExecutionTerminated(r, recursive));
    }
  }

  static void suspend(ClientParts parts, InstanceState state, String why) {
    if (!state.status().isTerminal()) {
      request(parts, state, "suspend", why, ExecutionSuspended::new);
    }
  }

  static void resume(ClientParts parts, InstanceState state, String why) {
    if (!state.status().isTerminal()) {
      request(parts, state, "resume", why, ExecutionResumed::new);
    }
  }

  static void rewind(ClientParts parts, InstanceState state, String why) {
    request(parts, state, "rewind", why, ExecutionRewound::new);
  }

  private static void request(
      ClientParts parts,
      InstanceState state,
      String operation,
      String why,
      Function<String, EventBody> body) {
    Objects.requireNonNull(why, "A request to an instance has a reason; it is empty, not null");
    InstanceId id = state.id();
    parts
        .rules()
        .control(
            new ClientInterceptor.Control(id.value(), operation, why),
            c -> {
              EventBody asked = body.apply(c.reason());
              // for this execution only: a later one has another failure, if any
              boolean bound = asked instanceof ExecutionRewound;
              send(parts, id, bound ? state.execution() : null, asked);
            });
  }

  static void send(
      ClientParts parts, InstanceId id, @Nullable ExecutionId execution, EventBody body) {
    Instant now = parts.drive().now();
    HistoryEvent event = HistoryEvent.of(now, new MessageId(parts.drive().randomId()), body);
    send(parts, new Address(id, execution), event, now);
  }

  /** Sends to whatever execution an instance has. */
  static void send(
      ClientParts parts, InstanceId to, MessageId id, Instant visibleAt, EventBody body) {
    HistoryEvent event = HistoryEvent.of(parts.drive().now(), id, body);
    send(parts, new Address(to, null), event, visibleAt);
  }

  private static void send(ClientParts parts, Address to, HistoryEvent event, Instant visibleAt) {
    Message message = new Message(to, null, event);
    Outbound out = new Outbound(message, parts.queueOf(to.instance()), visibleAt, false);
    parts.calling(() -> parts.hub().messages().send(List.of(out), Duration.ofSeconds(1)));
  }
}
