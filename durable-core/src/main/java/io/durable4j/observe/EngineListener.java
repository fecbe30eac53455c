package io.durable4j.observe;

/**
 * Hears of everything that a meter, a tracer or a log may want to know of a host.
 *
 * <p>It is called on the engine's own threads, from many at a time, in the order in which things
 * happen on each thread. It must be quick, must not block, and must not call the host or its client
 * back. What it throws is caught, logged once for each listener, and harms nothing. Start and end
 * of a turn, and of an activity's code, come on the same thread, so that a tracer may keep a scope
 * open between them.
 *
 * @see io.durable4j.host.DurableHost.Builder#listener
 */
@FunctionalInterface
public interface EngineListener {
  /**
   * Takes an event.
   *
   * @param event what happened; further kinds may come with any version, so let those pass that you
   *     do not know
   */
  void on(HostEvent event);
}
