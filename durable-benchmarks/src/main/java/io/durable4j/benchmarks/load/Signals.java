package io.durable4j.benchmarks.load;

import io.durable4j.entity.EntityOperations;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Signals to one counter, sent by several client threads while the worker runs them. An operation
 * is a signal, from the first send to the moment that a client reads the sum of all; a latency is
 * that of a send.
 */
final class Signals implements Load {
  private static final String KIND = "Sum";
  private static final long LOOK_NANOS = 100_000;

  private final int signals;
  private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

  Signals(int signals) {
    this.signals = signals;
  }

  @Override
  public void register(DurableHost.Builder host) {
    host.entity(KIND, Integer.class, this::sum);
  }

  private void sum(EntityOperations<Integer> operations) {
    operations
        .initially(() -> 0)
        .on(
            "add",
            op -> {
              int sum = op.state() + Objects.requireNonNull(op.input(Integer.class));
              op.state(sum);
              if (sum == signals) {
                Objects.requireNonNull(waiting.get(op.context().key())).countDown();
              }
              return null;
            });
  }

  @Override
  public Round run(Rig rig) {
    EntityId<Object> entity = EntityId.named(KIND, UUID.randomUUID().toString());
    CountDownLatch all = new CountDownLatch(1);
    waiting.put(entity.key(), all);
    int threads = Math.min(signals, rig.clients());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Usage start = rig.meter().now();
      List<Future<long[]>> parts = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int mine = signals * (t + 1) / threads - signals * t / threads;
        parts.add(pool.submit(() -> send(rig, entity, mine)));
      }
      long[] latencies = new long[signals];
      int filled = 0;
      for (Future<long[]> part : parts) {
        long[] some = part.get();
        System.arraycopy(some, 0, latencies, filled, some.length);
        filled += some.length;
      }
      all.await();
      awaitCommit(rig, entity);
      return new Round(signals, rig.meter().since(start), latencies);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("A signal was not sent as it should", e);
    } finally {
      pool.shutdownNow();
      waiting.remove(entity.key());
    }
  }

  private static long[] send(Rig rig, EntityId<Object> entity, int count) {
    long[] latencies = new long[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      rig.client().signal(entity, "add", 1);
      latencies[i] = System.nanoTime() - begin;
    }
    return latencies;
  }

  /** The last operation has run; its batch is about to be stored. */
  private void awaitCommit(Rig rig, EntityId<Object> entity) {
    long end = System.nanoTime() + Rig.PATIENCE.toNanos();
    int sum = 0;
    while (sum < signals && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
      sum = rig.client().entityState(entity, Integer.class).orElse(0);
    }
    Load.check(signals, sum);
  }
}
