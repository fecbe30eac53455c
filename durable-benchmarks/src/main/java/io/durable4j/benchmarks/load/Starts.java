package io.durable4j.benchmarks.load;

import io.durable4j.client.InstanceHandle;
import io.durable4j.orchestration.OrchestratorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts many instances from several threads and waits for all of them. */
final class Starts {
  private Starts() {}

  /**
   * Starts instances as fast as possible and checks each result. A latency is the time from a start
   * to the moment that its thread sees the result; a thread looks at its results in order.
   *
   * @param input of each of them, and its result
   */
  static Round run(Rig rig, OrchestratorRef<Integer, Integer> ref, int count, int input) {
    int threads = Math.min(count, rig.clients());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Usage start = rig.meter().now();
      List<Future<long[]>> parts = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int mine = count * (t + 1) / threads - count * t / threads;
        parts.add(pool.submit(() -> part(rig, ref, mine, input)));
      }
      long[] latencies = new long[count];
      int filled = 0;
      for (Future<long[]> part : parts) {
        long[] some = part.get();
        System.arraycopy(some, 0, latencies, filled, some.length);
        filled += some.length;
      }
      return new Round(count, rig.meter().since(start), latencies);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("An instance did not end as it should", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static long[] part(Rig rig, OrchestratorRef<Integer, Integer> ref, int count, int input) {
    long[] latencies = new long[count];
    List<InstanceHandle<Integer>> handles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      latencies[i] = System.nanoTime();
      handles.add(rig.client().schedule(ref, input));
    }
    for (int i = 0; i < count; i++) {
      Load.check(input, handles.get(i).result(Rig.PATIENCE));
      latencies[i] = System.nanoTime() - latencies[i];
    }
    return latencies;
  }
}
