package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.spi.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who flushes for whom. */
@Timeout(20)
final class FlusherTest {
  private static final Path DIRECTORY = Path.of("journal");

  private final Disk disk = new Disk();
  private final List<Thread> threads = new ArrayList<>();
  private final Tail tail = new Tail(disk);
  private final Flusher flusher = Flusher.of(DIRECTORY, tail);

  /** Whom the others meet. */
  private FutureTask<Thread> first;

  @AfterEach
  void close() throws InterruptedException {
    disk.letAllEnd();
    flusher.close();
    for (Thread t : threads) {
      t.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(t.isAlive()).as("%s still waits", t.getName()).isFalse();
    }
  }

  /** A flush that has begun; goes on when it is told how. */
  private record Flush(Thread thread, BlockingQueue<Runnable> way) {
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

  /** Each force waits for the test. */
  private static final class Disk implements DiskFiles.Appender {
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

  /** Somebody who has added records up to a position and waits for it, on a thread of his own. */
  private FutureTask<Thread> waiter(int position) {
    add(position);
    return waits(position);
  }

  private void add(int position) {
    assertThat(tail.add(new ByteOut().putAll(new byte[Math.toIntExact(position - tail.end())])))
        .isEqualTo(position);
  }

  private FutureTask<Thread> waits(long position) {
    FutureTask<Thread> task =
        new FutureTask<>(
            () -> {
              flusher.await(position);
              return Thread.currentThread();
            });
    Thread t = new Thread(task, "waiter-" + position);
    t.setDaemon(true);
    threads.add(t);
    t.start();
    return task;
  }

  /** The first one has added ten bytes, and his flush has begun. */
  private Flush firstFlush() throws InterruptedException {
    first = waiter(10);
    return disk.next();
  }

  /** Until each of them waits for another, or has ended. */
  private void blocked() {
    blocked(0);
  }

  private void blocked(int from) {
    for (Thread t : threads.subList(from, threads.size())) {
      TestThreads.blocks(t);
    }
  }

  @Test
  void aLoneOneFlushesByHimself() throws Exception {
    Flush one = firstFlush();
    one.end();
    assertThat(first.get()).isSameAs(one.thread());
    assertThat(flusher.durable()).isEqualTo(10);
    assertThat(flusher.flushes()).isEqualTo(1);
  }

  @Test
  void whoeverComesMeanwhileSharesTheNextWhichWaitsForNoneOfThem() throws Exception {
    Flush one = firstFlush();
    FutureTask<Thread> second = waiter(20);
    FutureTask<Thread> third = waiter(30);
    blocked();
    one.end();
    Flush two = disk.next();
    first.get();
    assertThat(two.thread()).isNotIn(threads);
    assertThat(second.isDone() || third.isDone()).as("before their flush").isFalse();
    FutureTask<Thread> fourth = waiter(40);
    blocked();
    two.end();
    Flush three = disk.next();
    second.get();
    third.get();
    assertThat(three.thread()).isSameAs(two.thread());
    assertThat(flusher.durable()).isEqualTo(30);
    three.end();
    fourth.get();
    assertThat(disk.forces).hasValue(3);
    assertThat(flusher.flushes()).isEqualTo(3);
  }

  @Test
  void whoIsCoveredByTheFlushThatRunsWaitsForNoOther() throws Exception {
    add(20);
    first = waits(10);
    Flush one = disk.next();
    FutureTask<Thread> second = waits(20);
    blocked();
    one.end();
    first.get();
    second.get();
    assertThat(disk.forces).hasValue(1);
  }

  @Test
  void aFlushWritesAllThatIsThereAtOnce() throws Exception {
    Flush one = firstFlush();
    add(20);
    add(30);
    assertThat(disk.written).as("while a flush runs").hasValue(10);
    FutureTask<Thread> second = waits(30);
    blocked();
    one.end();
    Flush two = disk.next();
    assertThat(disk.written).hasValue(30);
    two.end();
    first.get();
    second.get();
    assertThat(flusher.durable()).isEqualTo(30);
  }

  @Test
  void whoNeedsARecordInTheFileWritesItWithoutAFlush() throws Exception {
    Flush one = firstFlush();
    add(20);
    add(30);
    flusher.awaitWritten(10);
    assertThat(disk.written).as("it was there").hasValue(10);
    flusher.awaitWritten(20);
    assertThat(disk.written).as("with all others").hasValue(30);
    assertThat(flusher.durable()).isZero();
    one.end();
    first.get();
    assertThat(flusher.durable()).as("it may be on the disk; nobody knows").isEqualTo(10);
    assertThat(disk.forces).hasValue(1);
  }

  /** Else a flush might run for somebody when all is durable, and the file is left for another. */
  @Test
  void whatComesWhileAFlushWaitsToWriteIsDurableWithTheNext() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    disk.writeGate = gate;
    add(5);
    Thread writer = new Thread(() -> flusher.awaitWritten(5), "writer");
    threads.add(writer);
    writer.start();
    disk.writing.await();
    FutureTask<Thread> second = waiter(10);
    while (!TestThreads.waitsForALock(threads.get(1))) {
      Thread.onSpinWait();
    }
    FutureTask<Thread> third = waiter(20);
    blocked(2);
    gate.countDown();
    Flush one = disk.next();
    assertThat(disk.written).as("with the first").hasValue(20);
    one.end();
    second.get();
    Flush two = disk.next();
    assertThat(flusher.durable()).isEqualTo(10);
    two.end();
    third.get();
    assertThat(flusher.durable()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void afterAFailedWriteNothingMoreIsWritten(boolean durably, boolean error) throws Exception {
    firstFlush().end();
    first.get();
    disk.writeFails = error ? new OutOfMemoryError("told by the test") : new IOException("told");
    add(20);
    assertThatThrownBy(() -> await(durably, 20))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("told");
    disk.writeFails = null;
    add(30);
    assertThatThrownBy(() -> await(!durably, 30))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("told");
    assertThatThrownBy(tail::write).isInstanceOf(IOException.class);
    assertThat(disk.written).hasValue(10);
    flusher.await(10);
    flusher.awaitWritten(10);
  }

  private void await(boolean durably, long position) {
    if (durably) {
      flusher.await(position);
    } else {
      flusher.awaitWritten(position);
    }
  }

  @Test
  void whatIsDurableWaitsForNothing() throws Exception {
    firstFlush().end();
    first.get();
    flusher.await(10);
    flusher.await(3);
    assertThat(disk.forces).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailedFlushFailsAllWhoWaitAndAllWhoCome(boolean error) throws Exception {
    Flush one = firstFlush();
    FutureTask<Thread> second = waiter(20);
    blocked();
    if (error) {
      one.fail(new OutOfMemoryError("told by the test"));
    } else {
      one.fail(new IllegalStateException("told by the test"));
    }
    for (FutureTask<Thread> each : List.of(first, second, waiter(30))) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StorageException.class)
          .hasMessageContaining("told by the test");
    }
    assertThat(disk.forces).hasValue(1);
    assertThat(flusher.durable()).isZero();
  }

  /** Also by one who looked for a failure before there was one. */
  @Test
  void afterAFailedFlushNothingMoreIsWritten() throws Exception {
    Flush one = firstFlush();
    add(20);
    one.fail(new IllegalStateException("told by the test"));
    assertThatThrownBy(first::get).hasCauseInstanceOf(StorageException.class);
    assertThatThrownBy(tail::write).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> flusher.awaitWritten(20)).isInstanceOf(StorageException.class);
    assertThat(disk.written).hasValue(10);
  }

  private boolean failed() {
    try {
      flusher.check();
      return false;
    } catch (StorageException e) {
      return true;
    }
  }

  @Test
  void whoWasWritingWhileTheFlushFailedHearsOfIt() throws Exception {
    Flush one = firstFlush();
    CountDownLatch gate = new CountDownLatch(1);
    disk.writeGate = gate;
    disk.writing = new CountDownLatch(1);
    add(20);
    FutureTask<?> writer = new FutureTask<>(() -> flusher.awaitWritten(20), true);
    Thread thread = new Thread(writer, "writer");
    threads.add(thread);
    thread.start();
    disk.writing.await();
    one.fail(new IllegalStateException("told by the test"));
    while (!failed()) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertThatThrownBy(writer::get).hasCauseInstanceOf(StorageException.class);
  }

  @Test
  void aFailedWriteFailsWhoeverWaitsForALaterFlush() throws Exception {
    Flush one = firstFlush();
    FutureTask<Thread> second = waiter(20);
    blocked();
    flusher.fail(new IOException("told by the test"));
    assertThatThrownBy(second::get).hasCauseInstanceOf(StorageException.class);
    one.end();
    first.get();
    assertThat(disk.forces).hasValue(1);
  }

  @Test
  void withoutAThreadToBeHadOneOfThoseWhoWaitFlushes() throws Exception {
    flusher.close(); // its thread is refused from now on
    Flush one = firstFlush();
    FutureTask<Thread> second = waiter(20);
    FutureTask<Thread> third = waiter(30);
    blocked();
    one.end();
    first.get();
    Flush two = disk.next();
    assertThat(two.thread()).isIn(threads).isNotSameAs(one.thread());
    two.end();
    second.get();
    third.get();
    assertThat(flusher.durable()).isEqualTo(30);
    assertThat(disk.forces).hasValue(2);
  }

  /** Its pool would run other tasks, under the lock of whoever waits. */
  @Test
  void aThreadOfAForkJoinPoolRunsNothingElseWhileItWaits() throws Exception {
    Flush one = firstFlush();
    AtomicBoolean ran = new AtomicBoolean();
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      CompletableFuture<Thread> who = new CompletableFuture<>();
      CompletableFuture<Boolean> second =
          CompletableFuture.supplyAsync(
              () -> {
                CompletableFuture.runAsync(() -> ran.set(true), pool);
                who.complete(Thread.currentThread());
                add(20);
                flusher.await(20);
                return ran.get();
              },
              pool);
      threads.add(who.get());
      blocked();
      one.end();
      first.get();
      disk.next().end();
      assertThat(second.get()).as("another task ran meanwhile").isFalse();
    } finally {
      threads.removeIf(t -> t instanceof ForkJoinWorkerThread);
      pool.shutdown();
    }
  }

  @Test
  void theThreadEndsWithTheFlusher() throws Exception {
    Flush one = firstFlush();
    FutureTask<Thread> second = waiter(20);
    blocked();
    one.end();
    Flush two = disk.next();
    two.end();
    first.get();
    second.get();
    assertThat(two.thread()).isNotIn(threads);
    assertThat(two.thread().isDaemon()).isTrue();
    flusher.close();
    two.thread().join(TimeUnit.SECONDS.toMillis(5)); // idle, it would stay for ten
    assertThat(two.thread().isAlive()).isFalse();
  }

  @Test
  void afterAMoveTheOtherFileIsFlushed() throws Exception {
    firstFlush().end();
    first.get();
    Disk other = new Disk();
    tail.moveTo(other);
    FutureTask<Thread> second = waiter(20);
    other.next().end();
    second.get();
    assertThat(disk.forces).hasValue(1);
    assertThat(other.forces).hasValue(1);
  }
}
