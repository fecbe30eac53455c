package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A drive seen by one worker. */
record WorkerDrive(ControlledDrive drive, Group group) implements Drive {
  @Override
  public Instant now() {
    return drive.now();
  }

  @Override
  public long nanos() {
    return drive.nanos();
  }

  @Override
  public UUID randomId() {
    return drive.randomId();
  }

  @Override
  public Signal signal() {
    return drive.signal();
  }

  @Override
  public Runnable interrupter() {
    return drive.interrupter();
  }

  @Override
  public ThreadView view() {
    return drive.view();
  }

  @Override
  public Running loop(String name, Runnable body) {
    return drive.start(group, name, body);
  }

  @Override
  public Running work(String name, Runnable body) {
    return drive.start(group, name, body);
  }

  @Override
  public Optional<Strand> strand(String name, Runnable body) {
    return Optional.of(new ControlledStrand(drive, group, name, body));
  }
}
