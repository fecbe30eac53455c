package io.durable4j.host;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Random UUIDs (version 4) from the platform's secure source, which is asked for many at a time:
 * each question costs more than all else about an id. Thread-safe.
 */
final class RandomIds {
  private static final int IDS_A_TIME = 256;
  private static final int ID_BYTES = 16;

  private final SecureRandom source = new SecureRandom();
  private final byte[] bytes = new byte[IDS_A_TIME * ID_BYTES];
  private final ByteBuffer left = ByteBuffer.wrap(bytes).position(bytes.length);

  synchronized UUID next() {
    if (!left.hasRemaining()) {
      source.nextBytes(bytes);
      left.clear();
    }
    long high = (left.getLong() & ~0xF000L) | 0x4000L;
    long low = (left.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
