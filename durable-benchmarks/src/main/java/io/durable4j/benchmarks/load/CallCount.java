package io.durable4j.benchmarks.load;

import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.Messages;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.LongAdder;

/**
 * A backend that counts each call of an open hub and changes none.
 *
 * @param inner the backend
 * @param calls how many calls there were
 */
record CallCount(Backend inner, LongAdder calls) implements Backend {
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
    return new Hub(
        hub,
        counted(PartitionTable.class, hub.partitions()),
        counted(Messages.class, hub.messages()),
        counted(InstanceStore.class, hub.instances()),
        counted(InstanceQueries.class, hub.queries()));
  }

  @Override
  public void close() {
    inner.close();
  }

  private <T> T counted(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              calls.increment();
              try {
                return method.invoke(target, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private record Hub(
      TaskHub inner,
      PartitionTable partitions,
      Messages messages,
      InstanceStore instances,
      InstanceQueries queries)
      implements TaskHub {
    @Override
    public void close() {
      inner.close();
    }
  }
}
