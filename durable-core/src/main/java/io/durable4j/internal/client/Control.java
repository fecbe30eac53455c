package io.durable4j.internal.client;

import io.durable4j.history.EventBody;
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
import org.jspecify.annotations.Nullable;

/** Messages by which a client steers an instance. */
final class Control {
  private Control() {}

  static void terminate(ClientParts parts, InstanceState state, String why, boolean recursive) {
    if (recursive || !state.status().isTerminal()) {
      send(parts, state.id(), null, new ExecutionTerminated(why, recursive));
    }
  }

  static void suspend(ClientParts parts, InstanceState state, String why) {
    send(parts, state.id(), null, new ExecutionSuspended(why));
  }

  /** For this execution only: a later one has another failure, if any. */
  static void rewind(ClientParts parts, InstanceState state, String why) {
    send(parts, state.id(), state.execution(), new ExecutionRewound(why));
  }

  static void send(
      ClientParts parts, InstanceId id, @Nullable ExecutionId execution, EventBody body) {
    Instant now = parts.drive().now();
    HistoryEvent event = HistoryEvent.of(now, new MessageId(parts.drive().randomId()), body);
    Outbound out =
        new Outbound(
            new Message(new Address(id, execution), null, event), parts.queueOf(id), now, false);
    parts.calling(() -> parts.hub().messages().send(List.of(out), Duration.ofSeconds(1)));
  }
}
