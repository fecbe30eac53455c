package io.durable4j.azurestorage.sdk;

import io.durable4j.spi.StorageException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many calls of one service may be under way at a time; others wait in their order, and not for
 * ever: where the service does not answer, each call would wait for all before it.
 */
final class CallLimit {
  /** As long as a call may take with all of its tries. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String service;
  private final int max;
  private final Duration patience;
  private final Semaphore free;

  CallLimit(String service, int max) {
    this(service, max, PATIENCE);
  }

  CallLimit(String service, int max, Duration patience) {
    this.service = service;
    this.max = max;
    this.patience = patience;
    this.free = new Semaphore(max, true);
  }

  /** Makes a call, with all of its tries, once there is room for it. */
  <T> T within(Supplier<T> call) {
    enter();
    try {
      return call.get();
    } finally {
      free.release();
    }
  }

  private void enter() {
    try {
      if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          "Interrupted before a call to the " + service + " service, which was not made", e);
    }
    throw new StorageException(
        "The "
            + service
            + " service had no room for a call within "
            + patience
            + ": "
            + max
            + " are under way (maxStorageOperationConcurrency); it was not made, and is tried again",
        null);
  }

  /** How many wait. */
  int waiting() {
    return free.getQueueLength();
  }
}
