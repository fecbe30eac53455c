package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HubSpec;
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
import io.durable4j.spi.WakeUps;
import java.util.Optional;

/**
 * Storage as one worker, or the client, sees it.
 *
 * @param inner the storage
 * @param points hears of the calls
 * @param words says what a write writes
 * @param leases what this worker holds
 */
record Tap(Backend inner, Points points, Words words, Leases leases) implements Backend {
  @Override
  public Capabilities capabilities() {
    return inner.capabilities();
  }

  @Override
  public HubSpec create(HubSpec spec) {
    return inner.create(spec);
  }

  @Override
  public void delete() {
    inner.delete();
  }

  @Override
  public TaskHub open(HubSpec spec, WakeUps wakeUps) {
    TaskHub hub = inner.open(spec, wakeUps);
    leases.opened(hub);
    return new Hub(
        hub,
        new Table(hub.partitions(), points),
        new TappedMessages(hub.messages(), points, words, leases),
        new Store(hub.instances(), this));
  }

  @Override
  public void close() {
    inner.close();
  }

  private record Hub(
      TaskHub inner, PartitionTable partitions, Messages messages, InstanceStore instances)
      implements TaskHub {
    @Override
    public InstanceQueries queries() {
      return inner.queries();
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private record Table(PartitionTable inner, Points points) implements PartitionTable {
    @Override
    public Snapshot read() {
      points.begin();
      return inner.read();
    }

    @Override
    public Optional<PartitionRow> replace(PartitionRow next, Version seen) {
      points.begin();
      return inner.replace(next, seen);
    }
  }

  private record Store(InstanceStore inner, Tap tap) implements InstanceStore {
    @Override
    public CreateOutcome create(NewInstance instance, ReusePolicy policy) {
      return tap.points.write(
          tap.words.start(instance),
          () -> inner.create(instance, policy),
          answer -> answer instanceof CreateOutcome.Created);
    }

    @Override
    public Stored load(InstanceId instance, Fence fence) {
      tap.points.begin();
      return inner.load(instance, fence);
    }

    @Override
    public CommitOutcome commit(TurnCommit commit) {
      return tap.points.write(
          tap.words.commit(commit),
          () -> {
            CommitOutcome outcome = inner.commit(commit);
            if (outcome instanceof CommitOutcome.Committed c) {
              tap.leases.let(commit.consumed());
              tap.leases.took(c.claimed());
            }
            return outcome;
          },
          outcome -> outcome instanceof CommitOutcome.Committed);
    }

    @Override
    public boolean purge(InstanceState seen) {
      return tap.points.write(
          tap.words.purge(seen), () -> inner.purge(seen), Boolean::booleanValue);
    }
  }
}
