package io.durable4j.inmemory;

import java.nio.file.Path;

/** A file of the journal is not as it was written. */
final class DamageException extends Exception {
  private static final long serialVersionUID = 1;

  private final long offset;

  DamageException(Path file, long offset, String what) {
    super(file + " is damaged at offset " + offset + ": " + what);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
