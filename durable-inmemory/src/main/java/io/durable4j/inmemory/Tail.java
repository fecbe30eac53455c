package io.durable4j.inmemory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of the journal: a file, and the records that come next in it and are in memory yet. Their
 * order is settled when they are added; whoever needs them in the file writes all that are there.
 * Positions are numbers of bytes, and only grow.
 */
final class Tail {
  /** Held by the one who writes, so that records come into the file in order. */
  private final ReentrantLock writing = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private List<byte[]> records = new ArrayList<>();
  private long end;
  private DiskFiles.Appender file;
  private boolean torn;
  private volatile long written;

  Tail(DiskFiles.Appender file) {
    this.file = file;
  }

  /**
   * Puts a record behind all others.
   *
   * @return the position behind it
   */
  long add(byte[] record) {
    lock.lock();
    try {
      records.add(record);
      end += record.length;
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** The position behind the last record that was added. */
  long end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** The position up to which all is in the file, on the disk or on the way to it. */
  long written() {
    return written;
  }

  /**
   * Writes what was added so far. Whatever it throws, the file may hold any part of that, and
   * nothing more is written.
   *
   * @throws IOException when it cannot be written, now or before
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writes at a time
  void write() throws IOException {
    writing.lock();
    try {
      if (torn) {
        throw new IOException("A record before may not be whole");
      }
      torn = true;
      byte[] bytes = take();
      if (bytes.length > 0) {
        file.write(bytes);
        written += bytes.length;
      }
      torn = false;
    } finally {
      writing.unlock();
    }
  }

  private byte[] take() {
    List<byte[]> taken;
    lock.lock();
    try {
      if (records.isEmpty()) {
        return new byte[0];
      }
      taken = records;
      records = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    return taken.size() == 1 ? taken.get(0) : join(taken);
  }

  private static byte[] join(List<byte[]> records) {
    int length = 0;
    for (byte[] r : records) {
      length = Math.addExact(length, r.length);
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] r : records) {
      System.arraycopy(r, 0, all, at, r.length);
      at += r.length;
    }
    return all;
  }

  /** Makes what is in the file durable. Others may write meanwhile. */
  void force() throws IOException {
    file.force();
  }

  /** Goes on with another file. All is durable, and nobody adds a record meanwhile. */
  void moveTo(DiskFiles.Appender other) {
    writing.lock();
    try {
      file = other;
    } finally {
      writing.unlock();
    }
  }
}
