package io.durable4j.host;

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
    return ((HostBuilder) builder).start(drive, observer, until -> true);
  }
}
