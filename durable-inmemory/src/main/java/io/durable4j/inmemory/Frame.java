package io.durable4j.inmemory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  /** The form that is written; with it an instance's state came to be two texts. */
  static final int FORMAT = 2;

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
   * Puts a frame behind what is there.
   *
   * @param number the number of the file that it is for
   * @param durable the offset in that file up to which it is durable
   */
  static void put(ByteOut out, long number, long durable, List<Change> changes) {
    int at = out.size();
    out.putInt(0).putInt(0).putLong(durable);
    for (Change c : changes) {
      ChangeCodec.encode(c, out);
    }
    int length = out.size() - at - PREFIX;
    out.setInt(at, length);
    out.setInt(at + 4, crc(number, out.array(), at, length));
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
