package io.durable4j.samples.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills this process the hard way when it has been pressed so many times. Thread-safe. */
final class KillSwitch implements Runnable {
  private final AtomicInteger left;

  /** Zero or less never kills. */
  KillSwitch(int presses) {
    this.left = new AtomicInteger(presses);
  }

  @Override
  public void run() {
    if (left.getAndDecrement() != 1) {
      return;
    }
    try {
      // Nothing in this process may run after the signal: no shutdown hook, no finally.
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("There is no kill command here", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
