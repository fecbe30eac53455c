package io.durable4j.host;

import java.time.InstantSource;

/** Starts a host whose wall clock is not the machine's. */
public final class HostWithClock {
  private HostWithClock() {}

  /**
   * Starts a host with real threads.
   *
   * @param builder what it is made of
   * @param clock what the host takes for the time of day
   * @return the host
   */
  public static DurableHost start(DurableHost.Builder builder, InstantSource clock) {
    RealDrive real = new RealDrive("durable-other-clock", (what, thrown) -> {});
    return ((HostBuilder) builder).start(new OtherClock(real, clock), event -> {}, real::close);
  }
}
