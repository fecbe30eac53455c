package io.durable4j.internal.client;

import io.durable4j.client.InstanceExistsException;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.ReusePolicy;
import java.time.Instant;

/** Creates instances. */
record Starts(ClientParts parts) {
  /** An instance of a new execution. */
  static NewInstance of(ClientParts parts, InstanceId id, InstanceState.Start start) {
    Instant now = start.createdAt();
    ExecutionId execution = ExecutionId.of(parts.drive().randomId());
    Instant startAt = start.scheduledFor();
    InstanceState state =
        new InstanceState(
            id,
            execution,
            start,
            InstanceState.Progress.of(OrchestrationStatus.PENDING, now),
            java.util.List.of());
    HistoryEvent event =
        HistoryEvent.of(
            now,
            MessageId.derived("start", execution),
            new ExecutionStarted(
                id,
                execution,
                start.name(),
                start.version(),
                start.input(),
                start.tags(),
                null,
                startAt,
                0));
    Message message = new Message(new Address(id, execution), null, event);
    Instant visible = startAt != null && startAt.isAfter(now) ? parts.visibleAt(startAt, now) : now;
    return new NewInstance(state, new Outbound(message, parts.queueOf(id), visible, false));
  }

  /** The same start as another's, at once and with nobody who waits for it. */
  static NewInstance again(ClientParts parts, InstanceState as, InstanceId id) {
    InstanceState.Start s = as.start();
    return of(
        parts,
        id,
        new InstanceState.Start(
            s.name(), s.version(), s.input(), s.tags(), null, parts.drive().now(), null, 0));
  }

  void create(NewInstance instance, ReusePolicy policy) {
    CreateOutcome outcome = parts.calling(() -> parts.hub().instances().create(instance, policy));
    if (outcome instanceof CreateOutcome.Exists exists) {
      InstanceId id = instance.state().id();
      throw new InstanceExistsException(
          id.value(),
          "Instance "
              + id
              + " exists and is "
              + exists.state().status()
              + "; choose another id, or a reuse policy that replaces it");
    }
  }
}
