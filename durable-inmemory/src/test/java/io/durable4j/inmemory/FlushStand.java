package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A flusher on a held disk, and those who wait for it. */
final class FlushStand implements AutoCloseable {
  private static final Path DIRECTORY = Path.of("journal");

  final HeldDisk disk = new HeldDisk();
  final List<Thread> threads = new ArrayList<>();
  final Tail tail = new Tail(disk);
  final Flusher flusher = Flusher.of(DIRECTORY, tail);

  /** Whom the others meet; there from the first flush on. */
  FutureTask<Thread> first;

  @Override
  public void close() throws InterruptedException {
    disk.letAllEnd();
    flusher.close();
    for (Thread t : threads) {
      t.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(t.isAlive()).as("%s still waits", t.getName()).isFalse();
    }
  }

  /** Somebody who has added records up to a position and waits for it, on a thread of his own. */
  FutureTask<Thread> waiter(int position) {
    add(position);
    return waits(position);
  }

  void add(int position) {
    assertThat(tail.add(new ByteOut().putAll(new byte[Math.toIntExact(position - tail.end())])))
        .isEqualTo(position);
  }

  FutureTask<Thread> waits(long position) {
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
  HeldDisk.Flush firstFlush() throws InterruptedException {
    first = waiter(10);
    return disk.next();
  }

  /** Until each of them waits for another, or has ended. */
  void blocked() {
    blocked(0);
  }

  void blocked(int from) {
    for (Thread t : threads.subList(from, threads.size())) {
      TestThreads.blocks(t);
    }
  }
}
