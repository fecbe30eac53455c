package io.durable4j.inmemory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that are put together, big-endian, in memory that is kept for the next ones. What does not
 * fit makes it grow.
 */
final class ByteOut {
  private static final int FIRST = 1 << 12;
  private static final int MOST = Integer.MAX_VALUE - 8;

  /** More than this is not kept; few records are larger. */
  private static final int KEPT = 1 << 20;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST);

  int size() {
    return bytes.position();
  }

  /** The memory itself, of which {@link #size} bytes are in use. */
  byte[] array() {
    return bytes.array();
  }

  /** Forgets all bytes. */
  void clear() {
    if (bytes.capacity() > KEPT) {
      bytes = ByteBuffer.allocate(FIRST);
    } else {
      bytes.clear();
    }
  }

  ByteOut put(int value) {
    room(1).put((byte) value);
    return this;
  }

  ByteOut put(boolean value) {
    return put(value ? 1 : 0);
  }

  ByteOut putInt(int value) {
    room(4).putInt(value);
    return this;
  }

  ByteOut putLong(long value) {
    room(8).putLong(value);
    return this;
  }

  ByteOut putAll(byte[] value) {
    room(value.length).put(value);
    return this;
  }

  ByteOut putAll(ByteOut other) {
    room(other.size()).put(other.array(), 0, other.size());
    return this;
  }

  /** How many bytes follow, and these. */
  ByteOut putBytes(byte[] value) {
    return putInt(value.length).putAll(value);
  }

  ByteOut putText(String value) {
    return putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes over what was put before. */
  void setInt(int at, int value) {
    bytes.putInt(at, value);
  }

  /** Room for so many more bytes. */
  ByteBuffer room(int more) {
    if (more > bytes.remaining()) {
      int needed = Math.addExact(bytes.position(), more);
      int doubled = (int) Math.min(MOST, 2L * bytes.capacity());
      bytes = ByteBuffer.allocate(Math.max(needed, doubled)).put(bytes.flip());
    }
    return bytes;
  }
}
