package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.contract.ManualClock;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.Messages;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account with a hub, and what goes into its queues. */
final class Rig {
  static final HubSpec SPEC = new HubSpec("MyHub", 1);
  static final Duration LEASE = Duration.ofSeconds(30);
  static final QueueId ACTIVITIES = QueueId.activity(0);
  static final QueueId CONTROL = new QueueId(QueueId.Kind.CONTROL, 0);

  final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
  final Plug plug = new Plug();
  final FakeAccount account = new FakeAccount(clock, plug);
  final List<QueueId> hints = new ArrayList<>();
  final TaskHub hub;

  Rig() {
    TestStore.on(account).create(SPEC);
    hub = process();
    plug.nothing();
  }

  /** The hub as a process of its own has it. */
  TaskHub process() {
    return TestStore.on(account).open(SPEC, wakeUps(hints));
  }

  static WakeUps wakeUps(List<? super QueueId> hints) {
    return new WakeUps() {
      @Override
      public void ready(QueueId queue) {
        hints.add(queue);
      }

      @Override
      public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
    };
  }

  Messages messages() {
    return hub.messages();
  }

  /** The queues with what only the store of instances asks of them. */
  QueueMessages inside() {
    return (QueueMessages) ((GatedMessages) hub.messages()).inner();
  }

  List<Delivery> receive(Messages from, QueueId queue) {
    return from.receive(queue, new Receive(100, LEASE, null, null)).deliveries();
  }

  List<Delivery> receive(QueueId queue) {
    return receive(messages(), queue);
  }

  Delivery receiveOne(Messages from, QueueId queue) {
    List<Delivery> all = receive(from, queue);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  Delivery receiveOne(QueueId queue) {
    return receiveOne(messages(), queue);
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  List<Delivery> send(Outbound... messages) {
    return messages().send(List.of(messages), LEASE);
  }

  Outbound task(String name) {
    return task(name, false);
  }

  Outbound task(String name, boolean claim) {
    EventBody body =
        new EventBody.TaskScheduled(name, "", new Payload("[1]"), Map.of(), null, 0, false);
    return new Outbound(message("caller", name, body), ACTIVITIES, clock.instant(), claim);
  }

  Outbound event(String name, String input, Instant at) {
    EventBody body = new EventBody.EventRaised(name, new Payload("\"" + input + "\""));
    return new Outbound(message("i", name, body), CONTROL, at, false);
  }

  Outbound event(String name) {
    return event(name, "x", clock.instant());
  }

  Message message(String to, String key, EventBody body) {
    MessageId id = MessageId.derived(to, key);
    HistoryEvent event = HistoryEvent.of(clock.instant(), id, body);
    return new Message(new Address(new InstanceId(to), null), null, event);
  }

  List<Quarantined> setAside() {
    return hub.queries().quarantined(null).items();
  }

  /** Names of the blobs of large payloads. */
  List<String> blobs() {
    return account.blobs().list("myhub-largemessages", "", null).names();
  }

  long length(QueueId queue) {
    return messages().stats(queue).length();
  }
}
