package io.durable4j.inmemory;

import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.time.InstantSource;

/**
 * A backend that keeps its one task hub in memory. Any thread may call it; hints come on the thread
 * of the call that causes them.
 */
public final class InMemoryBackend implements Backend {
  private final Hub hub;
  private final Capabilities capabilities;

  private InMemoryBackend(Settings settings, HubState state, Log log) {
    this.hub = new Hub(settings, state, log);
    this.capabilities =
        new Capabilities(true, true, true, true, 1, null, settings.maxPayload());
  }

  /**
   * A backend in memory: what it holds ends with the process.
   *
   * @return the backend, without a hub
   */
  public static InMemoryBackend create() {
    return create(InstantSource.system());
  }

  /**
   * A backend in memory with a clock of its own, for tests.
   *
   * @param clock the store's clock: when leases end and messages become visible
   * @return the backend, without a hub
   */
  public static InMemoryBackend create(InstantSource clock) {
    return create(Settings.of(clock));
  }

  static InMemoryBackend create(Settings settings) {
    return new InMemoryBackend(settings, new HubState(), new Log.None());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public HubSpec create(HubSpec spec) {
    return hub.create(spec);
  }

  @Override
  public void delete() {
    hub.delete();
  }

  @Override
  public TaskHub open(HubSpec spec, WakeUps wakeUps) {
    return new OpenHub(hub, hub.open(spec), wakeUps);
  }

  @Override
  public void close() {
    hub.close();
  }
}
