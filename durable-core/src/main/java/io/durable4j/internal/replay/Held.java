package io.durable4j.internal.replay;

import io.durable4j.history.InstanceId;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A critical section whose lock was asked for, and what may be done until it is given back. */
final class Held {
  private final List<InstanceId> members;

  /** Operations under way, by entity; also those whose task was cancelled. */
  private final Map<InstanceId, String> calls = new LinkedHashMap<>();

  private boolean granted;

  /** The entities in the order in which they are locked. */
  Held(List<InstanceId> members) {
    this.members = List.copyOf(members);
  }

  List<InstanceId> members() {
    return members;
  }

  void granted() {
    granted = true;
  }

  /** Refuses a call that is not allowed. */
  void checkCall(InstanceId entity) {
    if (!members.contains(entity)) {
      throw refusal(
          "Entity " + entity + " was called",
          "only the entities of the lock may be. Give it to ctx.lock too, signal it, or call it"
              + " before or after");
    }
    if (!granted) {
      throw refusal(
          "Entity " + entity + " was called",
          "which has not begun yet. Call it in the section's own code");
    }
    String under = calls.get(entity);
    if (under != null) {
      throw refusal(
          "Entity " + entity + " was called while its operation " + under + " is under way",
          "an entity takes one call at a time there. Await the former call first");
    }
  }

  /** Refuses a signal that is not allowed. */
  void checkSignal(InstanceId entity) {
    if (members.contains(entity)) {
      throw refusal(
          "Entity " + entity + " was signalled", "call it, or signal it after the section");
    }
  }

  void begun(InstanceId entity, String operation) {
    calls.put(entity, operation);
  }

  void ended(InstanceId entity) {
    calls.remove(entity);
  }

  /** Whether no call is under way. */
  boolean isQuiet() {
    return calls.isEmpty();
  }

  OrchestratorRuleException refusal(String what, String instead) {
    return new OrchestratorRuleException(
        what + " inside the critical section on " + members + "; " + instead);
  }
}
