package io.durable4j.azurestorage.store;

import io.durable4j.spi.StorageException;

/** A service that does not answer. */
final class Failing {
  private Failing() {}

  static Runnable now() {
    return () -> {
      throw new StorageException("No answer", null);
    };
  }
}
