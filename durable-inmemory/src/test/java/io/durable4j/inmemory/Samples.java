package io.durable4j.inmemory;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records to store. Everything is derived from the arguments, so that runs are equal. */
final class Samples {
  static final int PARTITIONS = 2;

  private Samples() {}

  static InstanceState state(String id, String execution, OrchestrationStatus status) {
    return new InstanceState(
        new InstanceId(id),
        new ExecutionId(execution),
        new InstanceState.Start(
            "Order", "", new Payload("[1]"), Map.of(), null, TestClock.START, null, 0),
        InstanceState.Progress.of(status, TestClock.START),
        List.of());
  }

  static QueueId control(String id) {
    return QueueId.control(new InstanceId(id), PARTITIONS);
  }

  static Message message(String id, EventBody body, Object... identity) {
    return new Message(
        new Address(new InstanceId(id), null),
        null,
        HistoryEvent.of(TestClock.START, MessageId.derived(identity), body));
  }

  static NewInstance instance(String id, String execution) {
    InstanceState s = state(id, execution, OrchestrationStatus.PENDING);
    Message start =
        message(
            id,
            new EventBody.ExecutionStarted(
                s.id(), s.execution(), "Order", "", s.start().input(), Map.of(), null, null, 0),
            "start",
            id,
            execution);
    return new NewInstance(s, new Outbound(start, control(id), TestClock.START, false));
  }

  static Message raised(String id, String name) {
    return message(id, new EventBody.EventRaised(name, new Payload("\"x\"")), "event", id, name);
  }

  static Outbound event(String id, String name, Instant visibleAt) {
    return new Outbound(raised(id, name), control(id), visibleAt, false);
  }

  static Outbound event(String id, String name) {
    return event(id, name, TestClock.START);
  }

  static Outbound activity(String id, String name, String key, boolean claim) {
    Message m =
        message(
            id,
            new EventBody.TaskScheduled(name, "", new Payload("[2]"), Map.of(), null, 0, false),
            "task",
            id,
            key);
    return new Outbound(m, QueueId.activity(0), TestClock.START, claim);
  }

  static Outbound result(String id, Message activity) {
    Message m =
        message(
            id,
            new EventBody.TaskCompleted(0, activity.id(), new Payload("3")),
            "answer",
            activity.id());
    return new Outbound(m, control(id), TestClock.START, false);
  }

  static HistoryEvent recorded(String name) {
    return HistoryEvent.of(
        TestClock.START, MessageId.derived("rec", name), new EventBody.EventRaised(name, null));
  }
}
