package io.durable4j.spi;

import io.durable4j.history.InstanceState;
import java.util.List;

/**
 * An instance to create.
 *
 * @param state its first state, {@code PENDING}
 * @param start its start message, with the time at which it is visible
 * @param idIsNew whether the id was drawn for it, so that it need not be looked for first; where an
 *     instance has it all the same, that one is answered as ever
 */
public record NewInstance(InstanceState state, Outbound start, boolean idIsNew) {
  /**
   * Makes one whose id was chosen by somebody.
   *
   * @param state its first state, {@code PENDING}
   * @param start its start message
   */
  public NewInstance(InstanceState state, Outbound start) {
    this(state, start, false);
  }

  /**
   * The same with an id that was drawn for it.
   *
   * @return one whose id need not be looked for
   */
  public NewInstance withNewId() {
    return new NewInstance(state, start, true);
  }

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
