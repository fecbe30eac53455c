package io.durable4j.inmemory;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of the journal: a file, and the records that come next in it and are in memory yet. Their
 * order is settled when they are added; whoever needs them in the file writes all that are there.
 * Positions are numbers of bytes, and only grow.
 */
final class Tail {
  /** Held by the one who writes, so that records come into the file in order. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Takes what comes while the other one is written. Guarded by the former lock. */
  private ByteOut spare = new ByteOut();

  private final ReentrantLock lock = new ReentrantLock();
  private ByteOut records = new ByteOut();
  private long end;
  private DiskFiles.Appender file;
  private boolean torn;
  private boolean stopped;
  private volatile long written;

  Tail(DiskFiles.Appender file) {
    this.file = file;
  }

  /**
   * Puts a copy of a record behind all others.
   *
   * @return the position behind it
   */
  long add(ByteOut record) {
    lock.lock();
    try {
      records.putAll(record);
      end += record.size();
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
   * @throws IOException when it cannot be written, now or before, or was not to be any more
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writes at a time
  void write() throws IOException {
    writing.lock();
    try {
      if (torn || stopped) {
        throw new IOException("What is before may not be whole");
      }
      torn = true;
      ByteOut taken = take();
      if (taken.size() > 0) {
        file.write(taken.array(), taken.size());
        written += taken.size();
        taken.clear();
      }
      torn = false;
    } finally {
      writing.unlock();
    }
  }

  private ByteOut take() {
    lock.lock();
    try {
      ByteOut taken = records;
      records = spare;
      spare = taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** From its return on nothing more is written. */
  void stop() {
    writing.lock();
    try {
      stopped = true;
    } finally {
      writing.unlock();
    }
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
