package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.fake.FakeAccount;
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
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/**
 * A backend whose account may fail in the middle of what workers and clients do, but not while they
 * only look: polls are without number. For one thread at a time.
 */
final class PointedBackend implements Backend {
  private static final Set<String> LOOKS =
      Set.of("receive", "stats", "read", "replace", "get", "find", "history", "quarantined");

  private final Backend inner;
  private final Queue<Runnable> moments = new ArrayDeque<>();
  private boolean points;

  PointedBackend(InstantSource clock, Runnable point) {
    inner =
        TestStore.on(
            new FakeAccount(
                clock,
                call -> {
                  if (points) {
                    point.run();
                  }
                }),
            null,
            new TestStore.Counting(),
            moments::add);
  }

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
    return new TaskHub() {
      @Override
      public PartitionTable partitions() {
        return pointed(PartitionTable.class, hub.partitions());
      }

      @Override
      public Messages messages() {
        return pointed(Messages.class, hub.messages());
      }

      @Override
      public InstanceStore instances() {
        return pointed(InstanceStore.class, hub.instances());
      }

      @Override
      public InstanceQueries queries() {
        return pointed(InstanceQueries.class, hub.queries());
      }

      @Override
      public void close() {
        hub.close();
      }
    };
  }

  /** What waits does so until somebody looks for more to do. */
  private void passMoments() {
    points = true;
    while (!moments.isEmpty()) {
      moments.remove().run();
    }
  }

  private <T> T pointed(Class<T> type, T to) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              if (method.getName().equals("receive")) {
                passMoments();
              }
              points = !LOOKS.contains(method.getName());
              try {
                return method.invoke(to, args);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              } finally {
                points = false;
              }
            });
    return type.cast(proxy);
  }

  @Override
  public void close() {
    inner.close();
  }
}
