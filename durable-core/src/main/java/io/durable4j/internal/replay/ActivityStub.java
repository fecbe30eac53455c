package io.durable4j.internal.replay;

import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestratorRuleException;
import org.jspecify.annotations.Nullable;

/** Activities behind a stub. */
record ActivityStub(Activities activities, CallOptions options) implements Stubs.Callee {
  @Override
  public TaskCell<?> call(ContractMethod method, @Nullable Object @Nullable [] arguments) {
    return activities.call(method, arguments, options);
  }

  @Override
  public Stubs.Signal signal(ContractMethod method, @Nullable Object @Nullable [] arguments) {
    throw new OrchestratorRuleException(
        "ctx.signal takes a call on a stub of ctx.entity(...), and "
            + method.name()
            + " is an activity. Begin it with ctx.asyncRun and do not wait for it");
  }
}
