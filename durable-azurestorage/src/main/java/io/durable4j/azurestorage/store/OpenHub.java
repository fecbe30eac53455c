package io.durable4j.azurestorage.store;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.Fence;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.Messages;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One opening of a hub. Its calls pass the gate before they touch storage. */
final class OpenHub implements TaskHub {
  private final Gate.Pass pass;
  private final PartitionTable partitions;
  private final QueueMessages messages;
  private final InstanceStore instances;
  private final InstanceQueries queries;
  private final Runnable deaf;

  OpenHub(HubParts parts, Gate.Pass pass, int maxPayload, Runnable deaf) {
    this.pass = pass;
    this.partitions = new OwnerTable(parts);
    this.messages = new QueueMessages(parts);
    TableInstances tables = new TableInstances(parts, messages, maxPayload);
    this.instances = tables;
    this.queries = new TableQueries(parts, tables, messages.quarantined());
    this.deaf = deaf;
  }

  @Override
  public PartitionTable partitions() {
    return new Partitions();
  }

  @Override
  public Messages messages() {
    return new GatedMessages(pass, messages);
  }

  @Override
  public InstanceStore instances() {
    return new Instances();
  }

  @Override
  public InstanceQueries queries() {
    return new Queries();
  }

  @Override
  public void close() {
    deaf.run();
  }

  private final class Partitions implements PartitionTable {
    @Override
    public Snapshot read() {
      return pass.call(partitions::read);
    }

    @Override
    public Optional<PartitionRow> replace(PartitionRow next, Version seen) {
      return pass.call(() -> partitions.replace(next, seen));
    }
  }

  private final class Instances implements InstanceStore {
    @Override
    public CreateOutcome create(NewInstance instance, ReusePolicy policy) {
      return pass.call(() -> instances.create(instance, policy));
    }

    @Override
    public Stored load(InstanceId instance, Fence fence) {
      return pass.call(() -> instances.load(instance, fence));
    }

    @Override
    public CommitOutcome commit(TurnCommit commit) {
      return pass.call(() -> instances.commit(commit));
    }

    @Override
    public boolean purge(InstanceState seen) {
      return pass.call(() -> instances.purge(seen));
    }
  }

  private final class Queries implements InstanceQueries {
    @Override
    public Optional<InstanceState> get(InstanceId instance) {
      return pass.call(() -> queries.get(instance));
    }

    @Override
    public Optional<InstanceState> glance(InstanceId instance) {
      return pass.call(() -> queries.glance(instance));
    }

    @Override
    public boolean isGone(InstanceId instance) {
      return pass.call(() -> queries.isGone(instance));
    }

    @Override
    public Page<InstanceState> find(InstanceFilter filter, @Nullable Token token, int max) {
      return pass.call(() -> queries.find(filter, token, max));
    }

    @Override
    public Page<HistoryEvent> history(
        InstanceId instance, @Nullable ExecutionId execution, @Nullable Token token) {
      return pass.call(() -> queries.history(instance, execution, token));
    }

    @Override
    public Page<Quarantined> quarantined(@Nullable Token token) {
      return pass.call(() -> queries.quarantined(token));
    }

    @Override
    public boolean requeue(MessageId message) {
      return pass.call(() -> queries.requeue(message));
    }

    @Override
    public boolean drop(MessageId message) {
      return pass.call(() -> queries.drop(message));
    }
  }
}
