package io.durable4j.spi;

import io.durable4j.history.InstanceState;
import java.util.List;

/**
 * An instance to create.
 *
 * @param state its first state, {@code PENDING}
 * @param start its start message, with the time at which it is visible
 */
public record NewInstance(InstanceState state, Outbound start) {
  /**
   * The same start over an older instance: first created then, one generation on, and aware of what
   * the older one consumed.
   *
   * @param old the instance that is replaced
   * @return the state to store
   */
  public InstanceState replacing(InstanceState old) {
    InstanceState.Start s = state.start();
    return new InstanceState(
        state.id(),
        state.execution(),
        new InstanceState.Start(
            s.name(),
            s.version(),
            s.input(),
            s.tags(),
            s.parent(),
            s.createdAt(),
            s.scheduledFor(),
            old.start().generation() + 1),
        state.progress(),
        List.copyOf(old.consumed()));
  }
}
