package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.observe.Observer;

/**
 * What can be started on another drive than real time and real threads: each builder of a host.
 *
 * @param <H> a host
 * @param <C> a client
 */
public interface Drivable<H, C> {
  /**
   * Starts a host.
   *
   * @param drive time, ids and threads
   * @param observer hears of engine events
   * @return the host; closing it does not wait for threads of the drive
   */
  H startOn(Drive drive, Observer observer);

  /**
   * A client alone.
   *
   * @param drive time, ids and threads
   * @return the client
   */
  C connectOn(Drive drive);
}
