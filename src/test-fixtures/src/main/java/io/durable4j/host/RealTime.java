package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import java.time.InstantSource;

/** Gives the drive that hosts run on, to tests that need one without a host. */
public final class RealTime {
  private RealTime() {}

  /**
   * Real clocks and real threads.
   *
   * @return a drive; it needs no closing as long as no thread is started on it
   */
  public static Drive drive() {
    return new RealDrive("durable-test", (what, thrown) -> {});
  }

  /**
   * Real threads, and another time of day.
   *
   * @param clock the time of day
   * @return a drive; it needs no closing as long as no thread is started on it
   */
  public static Drive drive(InstantSource clock) {
    return new OtherClock(drive(), clock);
  }
}
