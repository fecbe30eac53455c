package io.durable4j.benchmarks.load;

import io.durable4j.activity.ActivityRef;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;

/**
 * Orchestrations of activities one after the other. An operation is an activity, or a whole
 * orchestration; a latency is that of an orchestration.
 *
 * @param steps activities of an orchestration
 * @param instances how many orchestrations at once
 * @param wholes whether an operation is a whole orchestration
 */
record Chain(int steps, int instances, boolean wholes) implements Load {
  static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("Chain", Integer.class, Integer.class);
  static final ActivityRef<Integer, Integer> ONE =
      ActivityRef.of("One", Integer.class, Integer.class);

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(REF, Chain::chain).activity(ONE, n -> 1);
  }

  @Override
  public Round run(Rig rig) {
    Round r = Starts.run(rig, REF, instances, steps);
    return wholes ? r : new Round(r.ops() * steps, r.usage(), r.latencies());
  }

  private static Integer chain(OrchestrationContext ctx, Integer steps) {
    int sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += ctx.callActivity(ONE, i).await();
    }
    return sum;
  }
}
