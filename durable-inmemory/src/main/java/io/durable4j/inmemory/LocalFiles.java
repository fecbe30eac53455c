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

  @Override
  public Appender create(Path file) throws IOException {
    return append(file, 0);
  }

  @Override
  public Appender append(Path file, long size) throws IOException {
    RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw");
    try {
      f.setLength(size);
      f.seek(size);
      return new LocalAppender(
          f, AsynchronousFileChannel.open(file, StandardOpenOption.WRITE), size);
    } catch (IOException e) {
      f.close();
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
    private int step;
    private long size;
    private long room;

    LocalAppender(RandomAccessFile file, AsynchronousFileChannel flusher, long size) {
      this.file = file;
      this.flusher = flusher;
      this.size = size;
      this.room = size;
    }

    @Override
    public void keepRoom(int bytes) {
      step = bytes;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (step > 0 && size + bytes.length > room) {
        grow(bytes.length);
      }
      file.write(bytes);
      size += bytes.length;
      room = Math.max(room, size);
    }

    private void grow(int needed) throws IOException {
      long target = size + needed + step;
      file.seek(room);
      while (room < target) {
        int n = (int) Math.min(ZEROS.length, target - room);
        file.write(ZEROS, 0, n);
        room += n;
      }
      file.seek(size);
    }

    @Override
    public void truncate(long to) throws IOException {
      file.setLength(to);
      file.seek(to);
      size = to;
      room = to;
    }

    @Override
    public void force() throws IOException {
      flusher.force(false);
    }

    @Override
    public void close() throws IOException {
      try (file;
          flusher) {
        if (room > size) {
          file.setLength(size);
        }
      }
    }
  }
}
