package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A drive that refuses threads which are none of its own. */
record GuardedDrive(OpenDrive open, Drive inner) implements Drive {
  private Drive checked() {
    open.refuseStrangers();
    return inner;
  }

  @Override
  public Instant now() {
    return checked().now();
  }

  @Override
  public long nanos() {
    return checked().nanos();
  }

  @Override
  public UUID randomId() {
    return checked().randomId();
  }

  @Override
  public Signal signal() {
    return checked().signal();
  }

  @Override
  public Runnable interrupter() {
    return checked().interrupter();
  }

  @Override
  public ThreadView view() {
    return checked().view();
  }

  @Override
  public Running loop(String name, Runnable body) {
    return checked().loop(name, body);
  }

  @Override
  public Running work(String name, Runnable body) {
    return checked().work(name, body);
  }

  @Override
  public Optional<Strand> strand(String name, Runnable body) {
    return checked().strand(name, body);
  }
}
