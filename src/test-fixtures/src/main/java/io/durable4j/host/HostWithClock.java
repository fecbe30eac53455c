package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

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

  private record OtherClock(RealDrive real, InstantSource clock) implements Drive {
    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public long nanos() {
      return real.nanos();
    }

    @Override
    public UUID randomId() {
      return real.randomId();
    }

    @Override
    public Signal signal() {
      return real.signal();
    }

    @Override
    public Runnable interrupter() {
      return real.interrupter();
    }

    @Override
    public ThreadView view() {
      return real.view();
    }

    @Override
    public Running loop(String name, Runnable body) {
      return real.loop(name, body);
    }

    @Override
    public Running work(String name, Runnable body) {
      return real.work(name, body);
    }

    @Override
    public Optional<Strand> strand(String name, Runnable body) {
      return real.strand(name, body);
    }
  }
}
