package io.durable4j.inmemory;

import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file of the journal. */
final class FrameReader implements Closeable {
  private static final int WINDOW = 1 << 16;

  private final Path file;
  private final long number;
  private final long size;
  private final InputStream in;
  private long offset;
  private long durable;
  private int format;

  /** Whether the frame at the offset is whole, and means nothing to this version. */
  private boolean senseless;

  FrameReader(Path file, long number) throws IOException {
    this(file, number, 0);
  }

  /** Begins at a place where a frame begins, behind the header. */
  FrameReader(Path file, long number, long from) throws IOException {
    this.file = file;
    this.number = number;
    this.size = Files.size(file);
    this.offset = from;
    this.in = new BufferedInputStream(Files.newInputStream(file), WINDOW);
    try {
      in.skipNBytes(from);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Where the next frame begins: the end of all that was read well. */
  long offset() {
    return offset;
  }

  /** Up to which offset the frames that were read knew the file to be durable. */
  long durable() {
    return durable;
  }

  /** The form of the file, by its header. */
  int format() {
    return format;
  }

  /**
   * Reads the header.
   *
   * @throws HubException when a newer version wrote the file
   * @throws DamageException when it is no header of this file
   */
  void header() throws IOException, DamageException {
    byte[] header = in.readNBytes(Frame.HEADER);
    if (header.length < Frame.HEADER || !Frame.hasMagic(header)) {
      throw new DamageException(file, 0, "this is no header of a Durable4j journal");
    }
    format = Frame.format(header);
    if (format > Frame.FORMAT) {
      throw new HubException(
          Reason.TOO_NEW,
          file
              + " has the format "
              + format
              + ", this version reads up to "
              + Frame.FORMAT
              + "; use the Durable4j version that wrote it, or a newer one");
    }
    if (format < 1 || !Arrays.equals(header, Frame.header(format, number))) {
      throw new DamageException(file, 0, "the header does not match");
    }
    offset = Frame.HEADER;
    durable = Frame.HEADER;
  }

  /**
   * Reads the next record.
   *
   * @return the changes; empty for a mark that says only how far the file is durable; null at the
   *     end
   * @throws DamageException when the rest of the file does not begin with a whole frame
   */
  @Nullable List<Change> next() throws IOException, DamageException {
    if (offset == size) {
      return null;
    }
    byte[] prefix = in.readNBytes(Frame.PREFIX);
    if (Frame.isBlank(prefix) && restIsBlank()) {
      return null;
    }
    if (prefix.length < Frame.PREFIX) {
      throw new DamageException(file, offset, "a record begins that does not end");
    }
    ByteBuffer b = ByteBuffer.wrap(prefix);
    int length = b.getInt(0);
    if (length < 0 || length > size - offset - Frame.PREFIX) {
      throw new DamageException(file, offset, "a record of " + length + " bytes does not fit");
    }
    byte[] frame = Arrays.copyOf(prefix, Frame.PREFIX + length);
    if (in.readNBytes(frame, Frame.PREFIX, length) < length
        || b.getInt(4) != Frame.crc(number, frame, 0, length)) {
      throw new DamageException(file, offset, "a record's check sum does not match");
    }
    List<Change> changes;
    try {
      changes = ChangeCodec.decode(frame, Frame.PREFIX);
    } catch (IOException | RuntimeException e) {
      senseless = true;
      throw new DamageException(file, offset, "a record makes no sense: " + e);
    }
    offset += frame.length;
    durable = Math.max(durable, b.getLong(8));
    return changes;
  }

  private boolean restIsBlank() throws IOException {
    byte[] window = in.readNBytes(WINDOW);
    while (window.length > 0 && Frame.isBlank(window)) {
      window = in.readNBytes(WINDOW);
    }
    return window.length == 0;
  }

  /**
   * Whether the bytes from the reader's offset on were never durable, as a crash leaves them: then
   * nothing that was acknowledged is in them. It is not so when a later frame tells that they were
   * durable when it was written.
   */
  boolean restIsTorn() throws IOException {
    if (senseless) {
      return false;
    }
    byte[] rest;
    try (InputStream all = Files.newInputStream(file)) {
      all.skipNBytes(offset);
      rest = all.readAllBytes();
    }
    ByteBuffer b = ByteBuffer.wrap(rest);
    for (int i = 1; i + Frame.PREFIX <= rest.length; i++) {
      int length = b.getInt(i);
      long durable = b.getLong(i + 8);
      if (durable > offset
          && durable <= offset + i
          && length >= 0
          && length <= rest.length - i - Frame.PREFIX
          && b.getInt(i + 4) == Frame.crc(number, rest, i, length)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
