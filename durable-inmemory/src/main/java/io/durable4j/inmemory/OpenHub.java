package io.durable4j.inmemory;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Encoders;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.Messages;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.PayloadLimit;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One opening of the hub. */
final class OpenHub implements TaskHub {
  private final Hub hub;
  private final long incarnation;
  private final WakeUps wakeUps;

  OpenHub(Hub hub, long incarnation, WakeUps wakeUps) {
    this.hub = hub;
    this.incarnation = incarnation;
    this.wakeUps = new Hints(wakeUps);
    hub.listen(this.wakeUps);
  }

  <R> R transact(Function<Transaction, R> call) {
    return hub.transact(incarnation, call);
  }

  Encoders encoders() {
    return hub.encoders();
  }

  /** Whether there is a log that needs the bytes of everything. */
  boolean isLogged() {
    return hub.isLogged();
  }

  PayloadLimit limit() {
    return hub.limit();
  }

  @Override
  public PartitionTable partitions() {
    return new HubPartitions(this);
  }

  @Override
  public Messages messages() {
    return new HubMessages(this);
  }

  @Override
  public InstanceStore instances() {
    return new HubInstances(this);
  }

  @Override
  public InstanceQueries queries() {
    return new HubQueries(this);
  }

  @Override
  public void close() {
    hub.forget(wakeUps);
  }

  /** Gives each opening an identity of its own, even when two share one listener. */
  private static final class Hints implements WakeUps {
    private final WakeUps to;

    Hints(WakeUps to) {
      this.to = to;
    }

    @Override
    public void ready(QueueId queue) {
      to.ready(queue);
    }

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
      to.changed(instance, status);
    }
  }
}
