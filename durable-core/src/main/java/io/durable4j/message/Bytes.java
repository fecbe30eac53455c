package io.durable4j.message;

import java.io.OutputStream;
import java.util.Arrays;

/** Collects bytes; what comes in one write, as a small record does, is copied only once. */
final class Bytes extends OutputStream {
  private static final byte[] NONE = {};

  private byte[] buffer = NONE;
  private int size;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    int grown = Math.addExact(size, length);
    if (grown > buffer.length) {
      buffer = Arrays.copyOf(buffer, size == 0 ? length : Math.max(grown, 2 * size));
    }
    System.arraycopy(from, offset, buffer, size, length);
    size = grown;
  }

  /** The bytes so far; the next ones begin anew. */
  byte[] take() {
    byte[] taken = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    buffer = NONE;
    size = 0;
    return taken;
  }
}
