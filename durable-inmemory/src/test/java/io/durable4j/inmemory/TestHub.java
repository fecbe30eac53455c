package io.durable4j.inmemory;

import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.Messages;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import io.durable4j.spi.WakeUps;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A hub whose partitions all belong to one worker, and short ways to use it. */
final class TestHub {
  static final HubSpec SPEC = new HubSpec("TestHub", Samples.PARTITIONS);
  static final Duration LEASE = Duration.ofSeconds(30);
  static final WakeUps DEAF = new Ears();

  static final WorkerId WORKER = new WorkerId("w1");

  private final TaskHub hub;
  private final long[] epochs = new long[Samples.PARTITIONS];
  private long commits;

  private static final class Ears implements WakeUps {
    @Override
    public void ready(QueueId queue) {}

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
  }

  TestHub(TaskHub hub) {
    this.hub = hub;
    for (PartitionRow row : hub.partitions().read().rows()) {
      claim(row.partition(), WORKER);
    }
  }

  static TestHub of(InMemoryBackend backend) {
    backend.create(SPEC);
    return new TestHub(backend.open(SPEC, DEAF));
  }

  TaskHub hub() {
    return hub;
  }

  Messages messages() {
    return hub.messages();
  }

  InstanceStore instances() {
    return hub.instances();
  }

  InstanceQueries queries() {
    return hub.queries();
  }

  Fence claim(int partition, WorkerId worker) {
    PartitionRow row = hub.partitions().read().rows().get(partition);
    Optional<PartitionRow> stored =
        hub.partitions()
            .replace(
                new PartitionRow(
                    partition,
                    worker,
                    null,
                    false,
                    TestClock.START.plusSeconds(60),
                    row.epoch() + 1,
                    row.version()),
                row.version());
    if (worker.equals(WORKER)) {
      epochs[partition] = stored.orElseThrow().epoch();
    }
    return new Fence(partition, worker, stored.orElseThrow().epoch());
  }

  Fence fence(String id) {
    int p = Samples.control(id).shard();
    return new Fence(p, WORKER, epochs[p]);
  }

  boolean create(String id, String execution) {
    return instances().create(Samples.instance(id, execution), ReusePolicy.never())
        instanceof Created;
  }

  List<Delivery> receive(String id) {
    return receive(Samples.control(id), fence(id), null);
  }

  List<Delivery> activities(@Nullable Set<String> names) {
    return receive(QueueId.activity(0), null, names);
  }

  private List<Delivery> receive(QueueId q, @Nullable Fence fence, @Nullable Set<String> names) {
    return messages().receive(q, new Receive(100, LEASE, fence, names)).deliveries();
  }

  Version version(String id) {
    return instances().load(new InstanceId(id), fence(id)).version();
  }

  Optional<InstanceState> get(String id) {
    return queries().get(new InstanceId(id));
  }

  TurnCommit turn(
      InstanceState next,
      Version basedOn,
      HistoryChange history,
      List<Outbound> outbound,
      List<Delivery> consumed) {
    CommitId commit = new CommitId(new UUID(7, ++commits));
    return new TurnCommit(
        commit,
        fence(next.id().value()),
        basedOn,
        history,
        next,
        outbound,
        LEASE,
        consumed,
        Set.of());
  }

  CommitOutcome commit(
      String id,
      OrchestrationStatus status,
      List<HistoryEvent> events,
      List<Outbound> outbound,
      List<Delivery> consumed) {
    String execution = get(id).map(s -> s.execution().value()).orElse("e1");
    return instances()
        .commit(
            turn(
                Samples.state(id, execution, status),
                version(id),
                new HistoryChange.Append(events),
                outbound,
                consumed));
  }

  /** Every durable fact, so that two states can be compared. */
  static Set<String> facts(HubState state) {
    Set<String> facts = new TreeSet<>();
    for (Change c : state.freeze()) {
      ByteOut fact = new ByteOut();
      ChangeCodec.encode(c, fact);
      facts.add(HexFormat.of().formatHex(fact.array(), 0, fact.size()));
    }
    return facts;
  }
}
