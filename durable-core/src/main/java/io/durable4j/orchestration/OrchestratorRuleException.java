package io.durable4j.orchestration;

import io.durable4j.data.DurableException;

/**
 * Orchestrator code broke a rule of the context: a call from another thread, after the end, a wait
 * inside a callback, a contract that is no interface, and so on. The message names the rule and the
 * way out.
 */
public final class OrchestratorRuleException extends DurableException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the rule and the way out
   */
  public OrchestratorRuleException(String message) {
    super(message);
  }
}
