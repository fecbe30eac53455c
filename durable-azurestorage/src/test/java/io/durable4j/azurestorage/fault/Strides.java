package io.durable4j.azurestorage.fault;

/**
 * Which calls fail in turn: 1, 2, 3, 5, 8, 13 and so on, since a run on this store makes many; with
 * {@code -Dfaults.every=true} each of them.
 */
final class Strides {
  private static final double GROWTH = 1.618;

  private Strides() {}

  static int after(int k) {
    return Boolean.getBoolean("faults.every")
        ? k + 1
        : (int) Math.max(k + 1, Math.round(k * GROWTH));
  }
}
