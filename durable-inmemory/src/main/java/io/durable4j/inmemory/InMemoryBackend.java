package io.durable4j.inmemory;

import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A backend that keeps its one task hub in memory, and in a journal if it is asked to. Any thread
 * may call it; hints come on the thread of the call that causes them.
 */
public final class InMemoryBackend implements Backend {
  private final Hub hub;
  private final Capabilities capabilities;

  private InMemoryBackend(Settings settings, HubState state, Log log) {
    this.hub = new Hub(settings, state, log);
    this.capabilities = new Capabilities(true, true, true, true, 1, null, settings.maxPayload());
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

  /**
   * A backend in memory with a journal: a call returns once its effect is on disk, and what was
   * acknowledged is there again after a crash at any moment. The directory is created when it is
   * missing; its size stays in proportion to what the hub holds.
   *
   * @param directory the journal's directory, for this backend alone
   * @return the backend, with the hub that the journal holds
   * @throws io.durable4j.spi.HubException when another process has the directory, when a newer
   *     version wrote it, when it cannot be written, or when it is damaged
   */
  public static InMemoryBackend journaled(Path directory) {
    return journaled(directory, InstantSource.system());
  }

  /**
   * A backend in memory with a journal and a clock of its own, for tests.
   *
   * @param directory the journal's directory, for this backend alone
   * @param clock the store's clock: when leases end and messages become visible
   * @return the backend, with the hub that the journal holds
   * @throws io.durable4j.spi.HubException as in {@link #journaled(Path)}
   */
  public static InMemoryBackend journaled(Path directory, InstantSource clock) {
    return journaled(directory, Settings.of(clock), new LocalFiles());
  }

  static InMemoryBackend journaled(Path directory, Settings settings, DiskFiles files) {
    Journal.Opened opened = Journal.open(directory, settings, files);
    return new InMemoryBackend(settings, opened.state(), opened.journal());
  }

  /**
   * How often the journal was forced to disk since it was opened, for calls that waited for it; one
   * flush may serve many calls. Those of new segments and of snapshots are not counted.
   *
   * @return the number of flushes; 0 without a journal
   */
  public long flushes() {
    return hub.flushes();
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
