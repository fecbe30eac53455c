package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strand on a controlled thread, which dies with its worker. */
final class ControlledStrand implements Drive.Strand {
  private final ControlledDrive drive;
  private final Group group;
  private final String name;
  private final Runnable body;
  private final Signal goOn;
  private final Signal goBack;
  private @Nullable ControlledRunning running;
  private boolean ended;

  ControlledStrand(ControlledDrive drive, Group group, String name, Runnable body) {
    this.drive = drive;
    this.group = group;
    this.name = name;
    this.body = body;
    this.goOn = drive.signal();
    this.goBack = drive.signal();
  }

  @Override
  public boolean resume() {
    goOn.raise();
    if (running == null) {
      running = drive.start(group, name, this::run);
    }
    goBack.await(Signal.FOREVER);
    return !ended;
  }

  private void run() {
    goOn.await(Signal.FOREVER);
    try {
      body.run();
    } finally {
      ended = true;
      goBack.raise();
    }
  }

  @Override
  public void pause() {
    goBack.raise();
    goOn.await(Signal.FOREVER);
    // an interrupt that came meanwhile is dropped
    Thread.interrupted();
  }

  @Override
  public void release() {
    goOn.raise();
  }

  @Override
  public void interrupt() {
    ControlledRunning thread = running;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public Drive.ThreadView view() {
    return new Drive.ThreadView() {
      @Override
      public Thread.State state() {
        ControlledRunning thread = running;
        return thread == null ? Thread.State.NEW : thread.thread().view().state();
      }

      @Override
      public List<StackTraceElement> stack() {
        ControlledRunning thread = running;
        return thread == null ? List.of() : thread.thread().view().stack();
      }
    };
  }
}
