package io.durable4j.benchmarks.load;

import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;

/**
 * One orchestration that consumes events which a client sends one by one. An operation is an event;
 * a latency is that of a send.
 *
 * @param events how many
 */
record Events(int events) implements Load {
  private static final OrchestratorRef<Integer, Long> REF =
      OrchestratorRef.of("Events", Integer.class, Long.class);
  private static final EventRef<Integer> NEXT = EventRef.of("next", Integer.class);

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(REF, Events::consume);
  }

  @Override
  public Round run(Rig rig) {
    InstanceHandle<Long> handle = rig.client().schedule(REF, events);
    handle.awaitStart(Rig.PATIENCE);
    long[] latencies = new long[events];
    Usage start = rig.meter().now();
    for (int i = 0; i < events; i++) {
      long begin = System.nanoTime();
      handle.raise(NEXT, i);
      latencies[i] = System.nanoTime() - begin;
    }
    Load.check((long) events * (events - 1) / 2, handle.result(Rig.PATIENCE));
    return new Round(events, rig.meter().since(start), latencies);
  }

  private static Long consume(OrchestrationContext ctx, Integer events) {
    long sum = 0;
    for (int i = 0; i < events; i++) {
      sum += ctx.waitForExternalEvent(NEXT).await();
    }
    return sum;
  }
}
