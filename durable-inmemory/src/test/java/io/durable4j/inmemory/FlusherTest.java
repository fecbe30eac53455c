package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.inmemory.HeldDisk.Flush;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who flushes for whom. */
@Timeout(20)
final class FlusherTest {
  private final FlushStand stand = new FlushStand();
  private final HeldDisk disk = stand.disk;
  private final Tail tail = stand.tail;
  private final Flusher flusher = stand.flusher;

  @AfterEach
  void close() throws InterruptedException {
    stand.close();
  }

  @Test
  void aLoneOneFlushesByHimself() throws Exception {
    Flush one = stand.firstFlush();
    one.end();
    assertThat(stand.first.get()).isSameAs(one.thread());
    assertThat(flusher.durable()).isEqualTo(10);
    assertThat(flusher.flushes()).isEqualTo(1);
  }

  @Test
  void whoeverComesMeanwhileSharesTheNextWhichWaitsForNoneOfThem() throws Exception {
    Flush one = stand.firstFlush();
    FutureTask<Thread> second = stand.waiter(20);
    FutureTask<Thread> third = stand.waiter(30);
    stand.blocked();
    one.end();
    Flush two = disk.next();
    stand.first.get();
    assertThat(two.thread()).isNotIn(stand.threads);
    assertThat(second.isDone() || third.isDone()).as("before their flush").isFalse();
    FutureTask<Thread> fourth = stand.waiter(40);
    stand.blocked();
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
    stand.add(20);
    stand.first = stand.waits(10);
    Flush one = disk.next();
    FutureTask<Thread> second = stand.waits(20);
    stand.blocked();
    one.end();
    stand.first.get();
    second.get();
    assertThat(disk.forces).hasValue(1);
  }

  @Test
  void aFlushWritesAllThatIsThereAtOnce() throws Exception {
    Flush one = stand.firstFlush();
    stand.add(20);
    stand.add(30);
    assertThat(disk.written).as("while a flush runs").hasValue(10);
    FutureTask<Thread> second = stand.waits(30);
    stand.blocked();
    one.end();
    Flush two = disk.next();
    assertThat(disk.written).hasValue(30);
    two.end();
    stand.first.get();
    second.get();
    assertThat(flusher.durable()).isEqualTo(30);
  }

  @Test
  void whoNeedsARecordInTheFileWritesItWithoutAFlush() throws Exception {
    Flush one = stand.firstFlush();
    stand.add(20);
    stand.add(30);
    flusher.awaitWritten(10);
    assertThat(disk.written).as("it was there").hasValue(10);
    flusher.awaitWritten(20);
    assertThat(disk.written).as("with all others").hasValue(30);
    assertThat(flusher.durable()).isZero();
    one.end();
    stand.first.get();
    assertThat(flusher.durable()).as("it may be on the disk; nobody knows").isEqualTo(10);
    assertThat(disk.forces).hasValue(1);
  }

  /** Else a flush might run for somebody when all is durable, and the file is left for another. */
  @Test
  void whatComesWhileAFlushWaitsToWriteIsDurableWithTheNext() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    disk.writeGate = gate;
    stand.add(5);
    Thread writer = new Thread(() -> flusher.awaitWritten(5), "writer");
    stand.threads.add(writer);
    writer.start();
    disk.writing.await();
    FutureTask<Thread> second = stand.waiter(10);
    while (!TestThreads.waitsForALock(stand.threads.get(1))) {
      Thread.onSpinWait();
    }
    FutureTask<Thread> third = stand.waiter(20);
    stand.blocked(2);
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

  @Test
  void whatIsDurableWaitsForNothing() throws Exception {
    stand.firstFlush().end();
    stand.first.get();
    flusher.await(10);
    flusher.await(3);
    assertThat(disk.forces).hasValue(1);
  }

  @Test
  void withoutAThreadToBeHadOneOfThoseWhoWaitFlushes() throws Exception {
    flusher.close(); // its thread is refused from now on
    Flush one = stand.firstFlush();
    FutureTask<Thread> second = stand.waiter(20);
    FutureTask<Thread> third = stand.waiter(30);
    stand.blocked();
    one.end();
    stand.first.get();
    Flush two = disk.next();
    assertThat(two.thread()).isIn(stand.threads).isNotSameAs(one.thread());
    two.end();
    second.get();
    third.get();
    assertThat(flusher.durable()).isEqualTo(30);
    assertThat(disk.forces).hasValue(2);
  }

  /** Its pool would run other tasks, under the lock of whoever waits. */
  @Test
  void aThreadOfAForkJoinPoolRunsNothingElseWhileItWaits() throws Exception {
    Flush one = stand.firstFlush();
    AtomicBoolean ran = new AtomicBoolean();
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      CompletableFuture<Thread> who = new CompletableFuture<>();
      CompletableFuture<Boolean> second =
          CompletableFuture.supplyAsync(
              () -> {
                CompletableFuture.runAsync(() -> ran.set(true), pool);
                who.complete(Thread.currentThread());
                stand.add(20);
                flusher.await(20);
                return ran.get();
              },
              pool);
      stand.threads.add(who.get());
      stand.blocked();
      one.end();
      stand.first.get();
      disk.next().end();
      assertThat(second.get()).as("another task ran meanwhile").isFalse();
    } finally {
      stand.threads.removeIf(t -> t instanceof ForkJoinWorkerThread);
      pool.shutdown();
    }
  }

  @Test
  void theThreadEndsWithTheFlusher() throws Exception {
    Flush one = stand.firstFlush();
    FutureTask<Thread> second = stand.waiter(20);
    stand.blocked();
    one.end();
    Flush two = disk.next();
    two.end();
    stand.first.get();
    second.get();
    assertThat(two.thread()).isNotIn(stand.threads);
    assertThat(two.thread().isDaemon()).isTrue();
    flusher.close();
    two.thread().join(TimeUnit.SECONDS.toMillis(5)); // idle, it would stay for ten
    assertThat(two.thread().isAlive()).isFalse();
  }

  @Test
  void afterAMoveTheOtherFileIsFlushed() throws Exception {
    stand.firstFlush().end();
    stand.first.get();
    HeldDisk other = new HeldDisk();
    tail.moveTo(other);
    FutureTask<Thread> second = stand.waiter(20);
    other.next().end();
    second.get();
    assertThat(disk.forces).hasValue(1);
    assertThat(other.forces).hasValue(1);
  }
}
