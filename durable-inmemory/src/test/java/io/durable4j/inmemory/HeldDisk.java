package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A disk on which each flush, and each write if it likes, waits for the test. */
final class HeldDisk implements DiskFiles.Appender {
  /** A flush that has begun; goes on when it is told how. */
  record Flush(Thread thread, BlockingQueue<Runnable> way) {
    void end() {
      way.add(() -> {});
    }

    void fail(RuntimeException e) {
      way.add(
          () -> {
            throw e;
          });
    }

    void fail(Error e) {
      way.add(
          () -> {
            throw e;
          });
    }
  }

  final BlockingQueue<Flush> begun = new LinkedBlockingQueue<>();
  private final Queue<Flush> all = new ConcurrentLinkedQueue<>();
  private volatile boolean passes;
  final AtomicInteger forces = new AtomicInteger();
  final AtomicInteger written = new AtomicInteger();
  volatile CountDownLatch writing = new CountDownLatch(1);
  volatile CountDownLatch writeGate = new CountDownLatch(0);
  volatile @Nullable Throwable writeFails;

  @Override
  public void force() throws IOException {
    forces.incrementAndGet();
    Flush flush = new Flush(Thread.currentThread(), new LinkedBlockingQueue<>());
    all.add(flush);
    begun.add(flush);
    if (passes) {
      return;
    }
    try {
      flush.way().take().run();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Whatever a test that failed has left. */
  void letAllEnd() {
    passes = true;
    all.forEach(Flush::end);
  }

  Flush next() throws InterruptedException {
    Flush flush = begun.poll(10, TimeUnit.SECONDS);
    assertThat(flush).as("a flush begins").isNotNull();
    return flush;
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    writing.countDown();
    try {
      writeGate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (writeFails instanceof Error e) {
      throw e;
    }
    if (writeFails instanceof IOException e) {
      throw e;
    }
    written.addAndGet(length);
  }

  @Override
  public void reserve(long size) {}

  @Override
  public void rewrite(long from) {}

  @Override
  public void close() {}
}
