package io.durable4j.azurestorage.sdk;

/** Statuses of HTTP that say something where the SDK sees a success. */
final class Statuses {
  static final int NO_CONTENT = 204;
  static final int NOT_FOUND = 404;

  private Statuses() {}
}
