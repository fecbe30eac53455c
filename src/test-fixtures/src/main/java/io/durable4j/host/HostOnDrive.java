package io.durable4j.host;

import io.durable4j.client.DurableClient;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.observe.Observer;

/** Starts a host on another drive than real time and real threads. */
public final class HostOnDrive {
  private HostOnDrive() {}

  /**
   * Starts a host.
   *
   * @param builder what it is made of
   * @param drive time, ids and threads
   * @param observer hears of engine events
   * @return the host; closing it does not wait for threads of the drive
   */
  public static DurableHost start(DurableHost.Builder builder, Drive drive, Observer observer) {
    return ((HostBuilder) builder).startOn(drive, observer);
  }

  /**
   * A client alone.
   *
   * @param builder the hub's backend and settings
   * @param drive time, ids and threads
   * @return the client
   */
  public static DurableClient connect(DurableHost.Builder builder, Drive drive) {
    return ((HostBuilder) builder).connectOn(drive);
  }
}
