package io.durable4j.internal.replay;

/** How arrays that stand side by side grow. */
final class Columns {
  /** Bytes of a reference in a heap of usual size. */
  static final int REFERENCE = 4;

  private static final int SMALLEST = 4;

  private Columns() {}

  /** The next length of arrays that are full. */
  static int more(int length) {
    return Math.max(SMALLEST, length + length / 2);
  }
}
