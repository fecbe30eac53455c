package io.durable4j.inmemory;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Codec;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that was set aside, as it is stored.
 *
 * @param id its identity
 * @param queue where it was
 * @param name the activity's name in lower case; null of other messages
 * @param message the encoded message
 * @param why an encoded event that holds the failure and the time; the codec has no form for a
 *     failure alone
 */
record QuarantineRow(
    MessageId id, QueueId queue, @Nullable String name, byte[] message, byte[] why) {
  static QuarantineRow of(QueueId queue, MessageRow row, FailureDetails why, Instant since) {
    var event =
        HistoryEvent.of(since, null, new ExecutionCompleted(OrchestrationStatus.FAILED, null, why));
    return new QuarantineRow(row.id(), queue, row.name(), row.bytes(), Codec.encode(event));
  }

  Quarantined decode() {
    HistoryEvent event = Codec.event(why);
    FailureDetails failure = ((ExecutionCompleted) event.body()).failure();
    return new Quarantined(
        Codec.message(message), queue, Objects.requireNonNull(failure), event.timestamp());
  }

  long size() {
    return message.length + why.length + 96L;
  }
}
