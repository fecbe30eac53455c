package io.durable4j.benchmarks.load;

import io.durable4j.data.TypeRef;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An orchestration of sub-orchestrations of many activities each, all at once. An operation is an
 * activity; a latency is that of the whole.
 *
 * @param branches how many sub-orchestrations
 * @param width activities of each
 */
record Tree(int branches, int width) implements Load {
  private static final OrchestratorRef<List<Integer>, Integer> REF =
      OrchestratorRef.of("Tree", new TypeRef<List<Integer>>() {}, TypeRef.of(Integer.class));

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(REF, Tree::tree)
        .orchestrator(FanOut.REF, FanOut::fanOut)
        .activity(FanOut.ONE, n -> 1);
  }

  @Override
  public Round run(Rig rig) {
    Usage start = rig.meter().now();
    List<Integer> widths = Collections.nCopies(branches, width);
    Load.check(branches * width, rig.client().schedule(REF, widths).result(Rig.PATIENCE));
    Usage usage = rig.meter().since(start);
    return new Round((long) branches * width, usage, new long[] {usage.nanos()});
  }

  private static Integer tree(OrchestrationContext ctx, List<Integer> widths) {
    List<Task<Integer>> all = new ArrayList<>();
    for (Integer width : widths) {
      all.add(ctx.callSubOrchestrator(FanOut.REF, width));
    }
    return ctx.allOf(all).await().stream().mapToInt(Integer::intValue).sum();
  }
}
