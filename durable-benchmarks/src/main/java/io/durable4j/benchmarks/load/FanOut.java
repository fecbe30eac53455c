package io.durable4j.benchmarks.load;

import io.durable4j.activity.ActivityRef;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * One orchestration of many activities at once. An operation is an activity; a latency is that of
 * the orchestration.
 *
 * @param width how many activities
 */
record FanOut(int width) implements Load {
  static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("FanOut", Integer.class, Integer.class);
  static final ActivityRef<Integer, Integer> ONE =
      ActivityRef.of("One", Integer.class, Integer.class);

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(REF, FanOut::fanOut).activity(ONE, n -> 1);
  }

  @Override
  public Round run(Rig rig) {
    Round r = Starts.run(rig, REF, 1, width);
    return new Round(width, r.usage(), r.latencies());
  }

  static Integer fanOut(OrchestrationContext ctx, Integer width) {
    List<Task<Integer>> all = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      all.add(ctx.callActivity(ONE, i));
    }
    return ctx.allOf(all).await().stream().mapToInt(Integer::intValue).sum();
  }
}
