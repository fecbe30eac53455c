package io.durable4j.internal.replay;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.internal.entity.Request;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestrator asks of an entity.
 *
 * @param entity the entity; of a lock the first of its set
 * @param operation the operation; empty for a lock
 * @param aliases former names of the operation
 * @param result its result
 * @param declared the checked exceptions that it declares
 * @param lock the lock; null for an operation
 */
record EntityTarget(
    InstanceId entity,
    String operation,
    List<String> aliases,
    Type result,
    List<Class<? extends Exception>> declared,
    Request.@Nullable Lock lock) {
  static EntityTarget of(InstanceId entity, ContractMethod method) {
    return new EntityTarget(
        entity, method.operation(), method.aliases(), method.result(), method.declared(), null);
  }

  static EntityTarget named(InstanceId entity, String operation, Type result) {
    if (operation.isBlank()) {
      throw new OrchestratorRuleException("An operation of " + entity + " needs a name");
    }
    return new EntityTarget(entity, operation, List.of(), result, List.of(), null);
  }

  static EntityTarget lock(List<InstanceId> sorted) {
    Request.Lock lock = new Request.Lock(sorted, 0);
    return new EntityTarget(sorted.get(0), "", List.of(), Void.class, List.of(), lock);
  }

  boolean isLock() {
    return lock != null;
  }

  /** For people. */
  @Override
  public String toString() {
    return lock == null ? "Operation " + operation + " of " + entity : "Lock of " + lock.set();
  }
}
