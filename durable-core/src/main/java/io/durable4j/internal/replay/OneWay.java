package io.durable4j.internal.replay;

import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one call of an entity that a {@code signal} block makes; sent when the block has returned.
 */
final class OneWay implements Stubs.Recording {
  private Stubs.@Nullable Signal signal;

  @Override
  public void take(Stubs.Callee callee, ContractMethod method, @Nullable Object @Nullable [] args) {
    if (signal != null) {
      throw new OrchestratorRuleException(
          "ctx.signal takes one call of an entity, and "
              + method.operation()
              + " is the second. Use ctx.signal again for the next one");
    }
    signal = callee.signal(method, args);
  }

  @Override
  public String where() {
    return "ctx.signal";
  }

  void send(@Nullable Instant at) {
    if (signal == null) {
      throw new OrchestratorRuleException(
          "ctx.signal got code that calls no entity; it takes exactly one call on a stub of"
              + " ctx.entity(...)");
    }
    signal.send(at);
  }
}
