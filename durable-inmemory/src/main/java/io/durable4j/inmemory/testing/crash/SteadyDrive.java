package io.durable4j.inmemory.testing.crash;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A drive for the client, whose random ids depend on nothing that workers do: what a scenario
 * starts has the same ids in every run.
 */
record SteadyDrive(Drive inner, SplittableRandom ids) implements Drive {
  @Override
  public Instant now() {
    return inner.now();
  }

  @Override
  public long nanos() {
    return inner.nanos();
  }

  @Override
  public UUID randomId() {
    long high = (ids.nextLong() & ~0xF000L) | 0x4000L;
    return new UUID(high, (ids.nextLong() >>> 2) | Long.MIN_VALUE);
  }

  @Override
  public Signal signal() {
    return inner.signal();
  }

  @Override
  public Running loop(String name, Runnable body) {
    return inner.loop(name, body);
  }

  @Override
  public Running work(String name, Runnable body) {
    return inner.work(name, body);
  }

  @Override
  public Optional<Strand> strand(String name, Runnable body) {
    return inner.strand(name, body);
  }

  @Override
  public Runnable interrupter() {
    return inner.interrupter();
  }

  @Override
  public ThreadView view() {
    return inner.view();
  }
}
