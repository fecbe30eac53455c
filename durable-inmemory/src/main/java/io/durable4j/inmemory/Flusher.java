package io.durable4j.inmemory;

import io.durable4j.spi.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shares flushes among those who wait: the first one flushes for all that is written by then; who
 * comes meanwhile waits, and one of them flushes for all of these. After a failed flush nobody can
 * know what is on the disk, so everything fails from then on.
 */
final class Flusher {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flushed = lock.newCondition();
  private final Path directory;
  private DiskFiles.Appender file;
  private boolean flushing;
  private volatile long written;
  private volatile long durable;
  private volatile long flushes;
  private volatile @Nullable Exception failure;

  Flusher(Path directory, DiskFiles.Appender file) {
    this.directory = directory;
    this.file = file;
  }

  long written() {
    return written;
  }

  long durable() {
    return durable;
  }

  /** How often the file was forced with success. */
  long flushes() {
    return flushes;
  }

  /** Tells that the file holds everything up to a position. Positions only grow. */
  void wrote(long position) {
    written = position;
  }

  /** Goes on with another file. Everything written must be durable; nobody writes meanwhile. */
  void moveTo(DiskFiles.Appender next) {
    lock.lock();
    try {
      file = next;
    } finally {
      lock.unlock();
    }
  }

  void fail(Exception cause) {
    lock.lock();
    try {
      failure = cause;
      flushed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void check() {
    Exception cause = failure;
    if (cause != null) {
      throw new StorageException(
          "The journal in "
              + directory
              + " failed ("
              + cause.getMessage()
              + "), so what it holds is unknown; close the backend and open it again",
          cause);
    }
  }

  void await(long position) {
    if (durable >= position) {
      return;
    }
    lock.lock();
    try {
      while (durable < position) {
        check();
        if (flushing) {
          flushed.awaitUninterruptibly();
        } else {
          flush();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one flush at a time
  private void flush() {
    flushing = true;
    long target = written;
    DiskFiles.Appender f = file;
    Exception thrown = null;
    lock.unlock();
    try {
      f.force();
    } catch (IOException | RuntimeException e) {
      thrown = e;
    } finally {
      lock.lock();
      flushing = false;
      flushed.signalAll();
    }
    if (thrown == null) {
      durable = target;
      flushes++;
    } else {
      failure = thrown;
    }
  }
}
