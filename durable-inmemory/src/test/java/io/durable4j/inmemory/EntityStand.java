package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.storage.HookedBackend;
import io.durable4j.fixtures.storage.Hooks;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.RealTime;
import io.durable4j.internal.client.ClientParts;
import io.durable4j.internal.client.ClientRules;
import io.durable4j.internal.client.HubClient;
import io.durable4j.internal.client.ResultWaits;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.entity.Sorting;
import io.durable4j.message.Message;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A client on a hub without workers, and entities that are put there by hand. */
final class EntityStand {
  static final int MAX_PAYLOAD = 1 << 20;
  static final Duration MAX_DELAY = Duration.ofDays(7);

  final TestClock clock = new TestClock();
  final TestHub hub;
  final HubClient client;
  private int batches;

  /** What happens just before the client removes an instance. */
  Consumer<InstanceState> beforePurge = s -> {};

  EntityStand(ClientInterceptor... interceptors) {
    InMemoryBackend memory = InMemoryBackend.create(clock);
    hub = TestHub.of(memory);
    client =
        new HubClient(
            new ClientParts(
                RealTime.drive(clock),
                new HookedBackend(memory, new BeforePurge()).open(TestHub.SPEC, TestHub.DEAF),
                Samples.PARTITIONS,
                new Capabilities(true, true, true, true, 1, MAX_DELAY, MAX_PAYLOAD),
                JacksonDataConverter.create(),
                new ClientRules("", List.of(interceptors)),
                new ResultWaits(),
                id -> List.of("op")));
  }

  /** What an entity keeps that has this state, and nothing else. */
  static Scheduler having(@Nullable String state) {
    return new Scheduler(
        state == null ? null : new Payload(state), List.of(), null, null, Sorting.NONE);
  }

  static Scheduler locked(@Nullable String state, String by, @Nullable String lock) {
    Scheduler s = having(state);
    return new Scheduler(s.state(), s.queue(), new InstanceId(by), lock, s.sorting());
  }

  static Scheduler queueing(Request... requests) {
    return new Scheduler(null, List.of(requests), null, null, Sorting.NONE);
  }

  static Request call(String operation, @Nullable String from) {
    Request.Sender sender =
        from == null ? null : new Request.Sender(new InstanceId(from), new ExecutionId("e1"));
    return new Request(
        "5b8a3c5e-64f0-4f3e-9a1d-0d2f7c1be4a6",
        operation,
        from == null,
        null,
        sender,
        null,
        Request.Stamp.NONE,
        null);
  }

  /** The next batch of an entity, also the first. */
  InstanceState put(String id, Scheduler kept) {
    return put(id, EntityJson.encode(kept), EntityJson.status(kept));
  }

  InstanceState put(String id, @Nullable Payload kept, Payload says) {
    hub.claim(Samples.control(id).shard(), TestHub.WORKER);
    InstanceState next =
        new InstanceState(
            new InstanceId(id),
            new ExecutionId("e" + ++batches),
            new InstanceState.Start(id, "", kept, Map.of(), null, clock.instant(), null, 0),
            new Progress(
                OrchestrationStatus.RUNNING,
                clock.instant(),
                null,
                null,
                null,
                says,
                List.of(),
                null),
            List.of());
    HistoryChange fresh = new HistoryChange.Restart(List.of(Samples.recorded("batch")));
    assertThat(hub.instances().commit(hub.turn(next, hub.version(id), fresh, List.of(), List.of())))
        .isInstanceOf(Committed.class);
    return next;
  }

  /** Creates an orchestration of a status. */
  void flow(String id, OrchestrationStatus status) {
    hub.create(id, "e1");
    if (status != OrchestrationStatus.PENDING) {
      hub.commit(id, status, List.of(), List.of(), List.of());
    }
  }

  /** What can be received for an instance. */
  List<Message> sent(String id) {
    hub.claim(Samples.control(id).shard(), TestHub.WORKER);
    Map<Boolean, List<Delivery>> all =
        hub.receive(id).stream()
            .collect(
                Collectors.partitioningBy(d -> d.message().to().instance().value().equals(id)));
    hub.messages().release(Objects.requireNonNull(all.get(false)), Duration.ZERO);
    return Objects.requireNonNull(all.get(true)).stream().map(Delivery::message).toList();
  }

  /** The only event that can be received for an instance. */
  EventRaised event(String id) {
    List<Message> all = sent(id);
    assertThat(all).hasSize(1);
    return (EventRaised) all.get(0).event().body();
  }

  private final class BeforePurge implements Hooks {
    @Override
    public void purges(InstanceState seen) {
      beforePurge.accept(seen);
    }
  }
}
