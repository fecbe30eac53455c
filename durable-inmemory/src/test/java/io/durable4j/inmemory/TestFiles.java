package io.durable4j.inmemory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The real disk, on which a test may forbid space, writes and flushes, hold these back, and count.
 */
final class TestFiles implements DiskFiles {
  private final DiskFiles disk = new LocalFiles();
  private final AtomicInteger forces = new AtomicInteger();
  private volatile CountDownLatch reserves = new CountDownLatch(0);
  private volatile CountDownLatch writesBegun = new CountDownLatch(0);
  private volatile CountDownLatch forcesBegun = new CountDownLatch(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch writeGate = new CountDownLatch(0);
  private final CountDownLatch renamed = new CountDownLatch(1);
  private volatile long space = Long.MAX_VALUE;
  private volatile boolean forceFails;
  private volatile boolean writeFails;
  private volatile boolean createFails;
  private final boolean reallyForce;

  TestFiles(boolean reallyForce) {
    this.reallyForce = reallyForce;
  }

  /** From now on a flush does not end before {@link #letForcesEnd()}. */
  void holdForces() {
    gate = new CountDownLatch(1);
  }

  void letForcesEnd() {
    gate.countDown();
  }

  /** From now on a write does not end before {@link #letWritesEnd()}. */
  void holdWrites() {
    writeGate = new CountDownLatch(1);
  }

  void letWritesEnd() {
    writeGate.countDown();
  }

  /** So many records are appended, in memory at first. */
  CountDownLatch expectRecords(int count) {
    CountDownLatch latch = new CountDownLatch(count);
    reserves = latch;
    return latch;
  }

  CountDownLatch expectWrites(int count) {
    CountDownLatch latch = new CountDownLatch(count);
    writesBegun = latch;
    return latch;
  }

  CountDownLatch expectForces(int count) {
    CountDownLatch latch = new CountDownLatch(count);
    forcesBegun = latch;
    return latch;
  }

  /** Waits for the first snapshot to take its place. */
  boolean awaitSnapshot() throws InterruptedException {
    return renamed.await(30, TimeUnit.SECONDS);
  }

  int forces() {
    return forces.get();
  }

  void space(long bytes) {
    space = bytes;
  }

  /** From now on a write leaves half of the bytes, and fails. */
  void failWrites(boolean fail) {
    writeFails = fail;
  }

  void failForces(boolean fail) {
    forceFails = fail;
  }

  void failCreation(boolean fail) {
    createFails = fail;
  }

  @Override
  public Appender create(Path file) throws IOException {
    if (createFails) {
      throw new IOException("No space left on device");
    }
    return new TestAppender(disk.create(file), 0);
  }

  @Override
  public Appender append(Path file, long size) throws IOException {
    return new TestAppender(disk.append(file, size), size);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
    renamed.countDown();
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void forceDirectory(@Nullable Path directory) throws IOException {
    if (reallyForce && directory != null) {
      disk.forceDirectory(directory);
    }
  }

  private final class TestAppender implements Appender {
    private final Appender file;
    private long reserved;

    TestAppender(Appender file, long size) {
      this.file = file;
      this.reserved = size;
    }

    /** A file of the tests has the size of what is written; space is given away here, though. */
    @Override
    public void reserve(long size) throws IOException {
      long more = size - reserved;
      if (more > space) {
        throw new IOException("No space left on device");
      }
      space -= space == Long.MAX_VALUE ? 0 : more;
      reserved = size;
      reserves.countDown();
    }

    @Override
    public void rewrite(long from) throws IOException {
      file.rewrite(from);
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      writesBegun.countDown();
      if (writeFails) {
        file.write(bytes, length / 2);
        throw new IOException("Input/output error");
      }
      awaitGate(writeGate);
      file.write(bytes, length);
    }

    @Override
    public void force() throws IOException {
      forces.incrementAndGet();
      forcesBegun.countDown();
      awaitGate(gate);
      if (forceFails) {
        throw new IOException("Input/output error");
      }
      if (reallyForce) {
        file.force();
      }
    }

    private static void awaitGate(CountDownLatch gate) throws IOException {
      if (gate.getCount() == 0) {
        return;
      }
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
