package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** A drive whose time of day is another's. */
record OtherClock(Drive real, InstantSource clock) implements Drive {
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
