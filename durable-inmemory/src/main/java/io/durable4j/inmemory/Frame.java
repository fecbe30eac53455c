package io.durable4j.inmemory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The form of the journal's files: a header, then frames.
 *
 * <p>A header is the magic, the format (4 bytes), the file's number (8), and the CRC of these (4).
 * Zeros may follow the last frame, since a segment grows ahead of what is written to it: no frame
 * begins with so many. A frame is the body's length (4), a CRC (4), up to which offset of this file
 * everything was known to be durable when the frame was written (8), and the body. The CRC covers
 * the file's number, the length, that offset and the body.
 */
final class Frame {
  static final int FORMAT = 1;
  static final int HEADER = 24;
  static final int PREFIX = 16;

  private static final byte[] MAGIC = "Durable4".getBytes(StandardCharsets.US_ASCII);

  private Frame() {}

  static byte[] header(int format, long number) {
    ByteBuffer b = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(format).putLong(number);
    CRC32C crc = new CRC32C();
    crc.update(b.array(), 0, b.position());
    return b.putInt((int) crc.getValue()).array();
  }

  static boolean hasMagic(byte[] header) {
    return Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static int format(byte[] header) {
    return ByteBuffer.wrap(header).getInt(MAGIC.length);
  }

  /**
   * A frame.
   *
   * @param number the file's number
   * @param durable the offset in the file up to which it is durable
   * @param body the body, which begins with {@link #PREFIX} unused bytes
   * @return {@code body} itself, with the prefix filled in
   */
  static byte[] seal(long number, long durable, byte[] body) {
    ByteBuffer b = ByteBuffer.wrap(body);
    b.putInt(0, body.length - PREFIX).putLong(8, durable);
    b.putInt(4, crc(number, body, 0, body.length - PREFIX));
    return body;
  }

  /** Whether there are only zeros, as in the room that a segment keeps ahead of its end. */
  static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** The CRC of the frame that begins at an index. */
  static int crc(long number, byte[] bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(0, number));
    crc.update(bytes, at, 4);
    crc.update(bytes, at + 8, 8 + length);
    return (int) crc.getValue();
  }
}
