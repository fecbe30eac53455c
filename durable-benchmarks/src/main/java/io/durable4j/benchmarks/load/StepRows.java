package io.durable4j.benchmarks.load;

import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Envelope;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.QueueCounts;
import io.durable4j.azurestorage.format.QueueText;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.StateText;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What turns of {@link Chain} send and write, as an engine would make it.
 *
 * @param id the instance
 */
record StepRows(InstanceId id) {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456700Z");
  private static final ExecutionId EXECUTION = new ExecutionId("0123456789abcdef0123456789abcdef");
  private static final UUID ANY = new UUID(1, 2);

  /** Those of an instance with an id of the usual length. */
  static StepRows fresh() {
    return new StepRows(new InstanceId(UUID.randomUUID().toString().replace("-", "")));
  }

  /** The text of an activity's message. */
  String message(int n) {
    Message message = new Message(new Address(id, EXECUTION), null, event(n, scheduled(n)));
    QueueText text =
        QueueText.of(new Envelope(ANY, message, n + 1L, n + 1), QueueText.Encoding.UTF8);
    return new QueueCounts(true, 0).in(text.text());
  }

  /** The rows of a turn, the sentinel last. */
  List<Write> turn(int from, String etag) {
    List<EventBody> bodies =
        List.of(
            new OrchestratorStarted(),
            new TaskCompleted(from, MessageId.derived(id, from), new Payload("1")),
            scheduled(from),
            new OrchestratorCompleted());
    List<Write> writes = new ArrayList<>();
    for (EventBody body : bodies) {
      int ordinal = from + writes.size();
      writes.add(
          new Write.InsertOrReplace(
              HistoryRows.write(id, EXECUTION, ordinal, event(ordinal, body), () -> "x").row()));
    }
    writes.add(new Write.Merge(sentinel(from + bodies.size()), etag));
    return writes;
  }

  /** The sentinel after some events. */
  Row sentinel(int events) {
    InstanceState state = state(OrchestrationStatus.RUNNING);
    Sentinel.Ours ours =
        new Sentinel.Ours(
            new CommitId(ANY),
            events,
            List.of(MessageId.derived(id, events)),
            StateText.withoutPayloads(state, true, true));
    return Sentinel.ended(id, EXECUTION, NOW, ours, () -> "x").row();
  }

  /** The instance's own row. */
  Row shown(OrchestrationStatus status) {
    return InstanceRows.write(state(status), "Load", InstanceRows.Refs.NONE, () -> "x").row();
  }

  @SuppressWarnings("NullAway") // it does not see that a parent may be null
  private InstanceState state(OrchestrationStatus status) {
    return new InstanceState(
        id,
        EXECUTION,
        new InstanceState.Start("Chain", "", new Payload("300"), Map.of(), null, NOW, null, 0),
        Progress.of(status, NOW),
        List.of());
  }

  private static TaskScheduled scheduled(int n) {
    return new TaskScheduled("One", "", new Payload("[" + n + "]"), Map.of(), null, 0, false);
  }

  private HistoryEvent event(int n, EventBody body) {
    return HistoryEvent.of(NOW, MessageId.derived(id, "event " + n), body);
  }
}
