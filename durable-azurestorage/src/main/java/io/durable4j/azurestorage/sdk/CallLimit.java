package io.durable4j.azurestorage.sdk;

import io.durable4j.spi.StorageException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** How many calls of one service may be under way at a time; others wait in their order. */
final class CallLimit {
  private final Semaphore free;

  CallLimit(int max) {
    free = new Semaphore(max, true);
  }

  /** As many as there are. */
  static CallLimit none() {
    return new CallLimit(Integer.MAX_VALUE);
  }

  /** Makes a call, with all of its tries, once there is room for it. */
  <T> T within(Supplier<T> call) {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("Interrupted before a call to storage, which was not made", e);
    }
    try {
      return call.get();
    } finally {
      free.release();
    }
  }

  /** How many wait. */
  int waiting() {
    return free.getQueueLength();
  }
}
