package io.durable4j.inmemory;

import io.durable4j.spi.StorageException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shares flushes among those who wait: who comes while there is none flushes by himself, for all
 * that is written by then; who comes meanwhile waits for the next one. That begins on a thread of
 * its own as soon as the former has ended: one of those who wait might be scheduled late, while the
 * disk had nothing to do, and a virtual thread would keep its carrier. After a failed flush nobody
 * can know what is on the disk, so everything fails from then on.
 */
final class Flusher {
  private static final int IDLE_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Path directory;
  private final ExecutorService helper;
  private DiskFiles.Appender file;
  private @Nullable Round running;
  private @Nullable Round next;
  private volatile long written;
  private volatile long durable;
  private volatile long flushes;
  private volatile @Nullable Throwable failure;

  /** Those who wait for one flush. */
  private static final class Round {
    final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /** What it makes durable, once it has begun. */
    long target;
  }

  Flusher(Path directory, DiskFiles.Appender file, ExecutorService helper) {
    this.directory = directory;
    this.file = file;
    this.helper = helper;
  }

  /** One whose thread is there only while many wait. */
  static Flusher of(Path directory, DiskFiles.Appender file) {
    ThreadPoolExecutor helper =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Flusher::thread);
    helper.allowCoreThreadTimeOut(true);
    return new Flusher(directory, file, helper);
  }

  private static Thread thread(Runnable body) {
    Thread t = new Thread(body, "durable4j-flush");
    t.setDaemon(true);
    return t;
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
  void moveTo(DiskFiles.Appender other) {
    lock.lock();
    try {
      file = other;
    } finally {
      lock.unlock();
    }
  }

  void fail(Exception cause) {
    Round waiting;
    lock.lock();
    try {
      failure = cause;
      waiting = next;
      next = null;
    } finally {
      lock.unlock();
    }
    end(waiting);
  }

  void check() {
    Throwable cause = failure;
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
    while (durable < position) {
      Round mine = new Round();
      Round round = join(position, mine);
      if (round == mine) {
        lead(mine);
      } else if (round != null) {
        round.ended.join();
      }
    }
  }

  /** The flush to wait for; the given one where the caller has to make it; null without need. */
  private @Nullable Round join(long position, Round mine) {
    lock.lock();
    try {
      if (durable >= position) {
        return null;
      }
      check();
      Round now = running;
      if (now == null) {
        begin(mine);
        return mine;
      }
      // the file may be left for another once all is durable, so nobody waits for more than he must
      if (position <= now.target) {
        return now;
      }
      Round after = next == null ? new Round() : next;
      next = after;
      return after;
    } finally {
      lock.unlock();
    }
  }

  private void begin(Round round) {
    round.target = written;
    running = round;
  }

  /** Flushes, and lets the thread go on for those who came meanwhile. */
  private void lead(Round round) {
    Round after = flush(round);
    boolean handedOver = after == null || handOver(after);
    end(round);
    if (!handedOver) {
      follow(after);
    }
  }

  private boolean handOver(Round after) {
    try {
      helper.execute(() -> follow(after));
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread to be had
      return false;
    }
  }

  private void follow(@Nullable Round first) {
    Round round = first;
    while (round != null) {
      Round after = flush(round);
      end(round);
      round = after;
    }
  }

  /** One flush; answers the next one, which has begun, or null when nobody waits for any. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one flush at a time
  private @Nullable Round flush(Round round) {
    Throwable thrown = null;
    try {
      file.force();
    } catch (Throwable t) { // whatever it is, nobody knows what is on the disk
      thrown = t;
    }
    Round after;
    lock.lock();
    try {
      running = null;
      after = next;
      next = null;
      if (thrown == null) {
        durable = round.target;
        flushes++;
      } else {
        failure = thrown;
      }
      if (after != null && failure == null) {
        begin(after);
        return after;
      }
    } finally {
      lock.unlock();
    }
    end(after);
    return null;
  }

  private static void end(@Nullable Round round) {
    if (round != null) {
      round.ended.complete(null);
    }
  }

  /** Ends the thread, once it has nothing more to do. Nobody waits for a flush any more. */
  void close() {
    helper.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = helper.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
