package io.durable4j.inmemory;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The real disk. */
final class LocalFiles implements DiskFiles {
  private static final byte[] ZEROS = new byte[1 << 16];

  /** How much more than asked for is reserved; one flush in some hundreds stores a new size. */
  private static final int AHEAD = 1 << 19;

  @Override
  public Appender create(Path file) throws IOException {
    return append(file, 0);
  }

  @Override
  public Appender append(Path file, long size) throws IOException {
    RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw");
    RandomAccessFile zeros = null;
    try {
      f.setLength(size);
      f.seek(size);
      zeros = new RandomAccessFile(file.toFile(), "rw");
      return new LocalAppender(
          f, zeros, AsynchronousFileChannel.open(file, StandardOpenOption.WRITE), size);
    } catch (IOException e) {
      f.close();
      if (zeros != null) {
        zeros.close();
      }
      throw e;
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows opens no directory; its names need no flush
    }
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * No FileChannel: an interrupt of one caller must not close the file. An AsynchronousFileChannel
   * does not mind interrupts and can flush the data without the times of the file, which a
   * RandomAccessFile cannot.
   */
  private static final class LocalAppender implements Appender {
    private final RandomAccessFile file;
    private final AsynchronousFileChannel flusher;

    // who reserves has a place in the file of his own
    private final RandomAccessFile zeros;
    private long room;

    /** What is written, or was there at the beginning. */
    private long size;

    LocalAppender(
        RandomAccessFile file, RandomAccessFile zeros, AsynchronousFileChannel flusher, long size) {
      this.file = file;
      this.zeros = zeros;
      this.flusher = flusher;
      this.size = size;
      this.room = size;
    }

    @Override
    public void reserve(long upTo) throws IOException {
      if (upTo <= room) {
        return;
      }
      long target = upTo + AHEAD;
      try {
        zeros.seek(room);
        for (long at = room; at < target; at += ZEROS.length) {
          zeros.write(ZEROS, 0, (int) Math.min(ZEROS.length, target - at));
        }
      } catch (IOException e) {
        giveBack(e);
        throw e;
      }
      room = target;
    }

    /** A disk that is full needs what was written in vain. */
    private void giveBack(IOException cause) {
      try {
        zeros.setLength(room);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    @Override
    public void rewrite(long from) throws IOException {
      byte[] window = new byte[1 << 16];
      for (long at = from; at < size; at += window.length) {
        int length = (int) Math.min(window.length, size - at);
        file.seek(at);
        file.readFully(window, 0, length);
        file.seek(at);
        file.write(window, 0, length);
      }
      file.seek(size);
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      file.write(bytes, 0, length);
      size += length;
    }

    @Override
    public void force() throws IOException {
      flusher.force(false);
    }

    @Override
    public void close() throws IOException {
      try (file;
          zeros;
          flusher) {
        if (room > size) {
          file.setLength(size);
        }
      }
    }
  }
}
