package io.durable4j.internal.observe;

/** Takes engine events; called on engine threads, returns at once, never throws. */
@FunctionalInterface
public interface Observer {
  /**
   * Takes an event.
   *
   * @param event what happened
   */
  void on(EngineEvent event);
}
