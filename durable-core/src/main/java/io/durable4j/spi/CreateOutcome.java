package io.durable4j.spi;

import io.durable4j.history.InstanceState;

/** How a create ended. */
public sealed interface CreateOutcome {
  /** It is there now, or this very start (the same execution) was there already. */
  record Created() implements CreateOutcome {}

  /**
   * Another start holds the id, and the policy does not replace it.
   *
   * @param state what is there
   */
  record Exists(InstanceState state) implements CreateOutcome {}
}
