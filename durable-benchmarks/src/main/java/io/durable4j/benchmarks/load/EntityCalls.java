package io.durable4j.benchmarks.load;

import io.durable4j.entity.EntityOperations;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import java.util.Objects;

/**
 * An orchestration that calls one counter again and again. An operation is a call; a latency is
 * that of the orchestration.
 *
 * @param calls how many
 */
record EntityCalls(int calls) implements Load {
  private static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("EntityCalls", Integer.class, Integer.class);
  private static final String KIND = "Called";

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(REF, EntityCalls::call).entity(KIND, Integer.class, EntityCalls::sum);
  }

  private static void sum(EntityOperations<Integer> operations) {
    operations
        .initially(() -> 0)
        .on(
            "add",
            op -> {
              op.state(op.state() + Objects.requireNonNull(op.input(Integer.class)));
              return op.state();
            });
  }

  @Override
  public Round run(Rig rig) {
    Round whole = Starts.run(rig, REF, 1, calls);
    return new Round(calls, whole.usage(), whole.latencies());
  }

  private static Integer call(OrchestrationContext ctx, Integer calls) {
    EntityId<Object> counter = EntityId.named(KIND, ctx.instanceId());
    int sum = 0;
    for (int i = 0; i < calls; i++) {
      sum = ctx.callEntity(counter, "add", 1, Integer.class).await();
    }
    return sum;
  }
}
