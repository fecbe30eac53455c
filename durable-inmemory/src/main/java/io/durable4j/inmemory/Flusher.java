package io.durable4j.inmemory;

import io.durable4j.spi.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares flushes among those who wait: who comes while there is none flushes by himself, for all
 * that was added by then; who comes meanwhile waits for the next one. That begins on a thread of
 * its own as soon as the former has ended: one of those who wait might be scheduled late, while the
 * disk had nothing to do, and a virtual thread would keep its carrier. A flush writes all that was
 * added, at once, and forces it. After one that failed nobody can know what is on the disk, so
 * everything fails from then on.
 */
final class Flusher {
  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);
  private static final int IDLE_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Path directory;
  private final ExecutorService helper;
  private final Tail tail;
  private @Nullable Round running;
  private @Nullable Round next;
  private volatile long durable;
  private volatile long flushes;
  private volatile @Nullable Throwable failure;

  /**
   * Those who wait for one flush. They are parked, and woken all at once; a future would let a
   * thread of a fork-join pool run other tasks meanwhile, under the lock of the hub.
   */
  private static final class Round {
    /** Guarded by the flusher's lock until the flush has ended. */
    final List<Thread> waiting = new ArrayList<>();

    /** What it makes durable: all that is added until it writes. Guarded as well. */
    long target = Long.MAX_VALUE;

    private volatile boolean ended;

    void await() {
      boolean interrupted = false;
      while (!ended) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void end() {
      ended = true;
      waiting.forEach(LockSupport::unpark);
    }
  }

  Flusher(Path directory, Tail tail, ExecutorService helper) {
    this.directory = directory;
    this.tail = tail;
    this.helper = helper;
  }

  /** One whose thread is there only while many wait. */
  static Flusher of(Path directory, Tail tail) {
    ThreadPoolExecutor helper =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Flusher::thread);
    helper.allowCoreThreadTimeOut(true);
    return new Flusher(directory, tail, helper);
  }

  private static Thread thread(Runnable body) {
    Thread t = new Thread(null, body, "durable4j-flush", 0, false);
    t.setDaemon(true);
    return t;
  }

  long durable() {
    return durable;
  }

  /** How often the file was forced with success. */
  long flushes() {
    return flushes;
  }

  /** Ends it all: nothing more is written, nor durable. The first cause is the one that is told. */
  void fail(Throwable cause) {
    Round waiting;
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      waiting = next;
      next = null;
    } finally {
      lock.unlock();
    }
    tail.stop();
    if (waiting != null) {
      waiting.end();
    }
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

  /** Waits until everything up to a position is in the file, where it outlives the process. */
  void awaitWritten(long position) {
    if (tail.written() >= position) {
      return;
    }
    check();
    try {
      tail.write();
    } catch (Throwable t) { // whatever it is, nobody knows what is in the file
      fail(t);
    }
    check();
  }

  /** Waits until everything up to a position is durable. */
  void await(long position) {
    while (durable < position) {
      Round round;
      boolean leads;
      lock.lock();
      try {
        if (durable >= position) {
          return;
        }
        check();
        Round now = running;
        leads = now == null;
        round = now == null ? begin(new Round()) : join(now, position);
      } finally {
        lock.unlock();
      }
      if (leads) {
        lead(round);
      } else {
        round.await();
      }
    }
  }

  /** The flush to wait for; nobody waits for one more than he must. */
  private Round join(Round now, long position) {
    Round round = now;
    if (position > now.target) {
      round = next == null ? new Round() : next;
      next = round;
    }
    round.waiting.add(Thread.currentThread());
    return round;
  }

  private Round begin(Round round) {
    running = round;
    return round;
  }

  /** Flushes, and lets the thread go on for those who came meanwhile. */
  private void lead(Round round) {
    Round after = flush(round);
    try {
      if (after != null) {
        handOver(after);
      }
    } finally {
      round.end();
    }
  }

  private void handOver(Round after) {
    try {
      helper.execute(() -> follow(after));
    } catch (Throwable t) { // most likely there is no thread to be had
      giveUp(after);
      LOG.warn("No thread flushes the journal in {}: those who wait do it", directory, t);
    }
  }

  private void follow(Round first) {
    Round round = first;
    try {
      while (round != null && isRunning(round)) {
        Round done = round;
        round = flush(done);
        done.end();
      }
    } finally {
      if (round != null) {
        giveUp(round);
      }
    }
  }

  private boolean isRunning(Round round) {
    lock.lock();
    try {
      return running == round;
    } finally {
      lock.unlock();
    }
  }

  /** A flush that was to begin does not: those who wait look again, and one of them flushes. */
  private void giveUp(Round round) {
    lock.lock();
    try {
      if (running != round) {
        return;
      }
      running = null;
    } finally {
      lock.unlock();
    }
    round.end();
  }

  /** One flush; answers the next one, which has begun, or null when nobody waits for any. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one flush at a time
  private @Nullable Round flush(Round round) {
    Throwable thrown = null;
    try {
      close(round);
      tail.write();
      tail.force();
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
        // more may be; but whoever waits for the next flush waits for more than is durable, so that
        // there is none, and the file may be left for another, once all is durable
        durable = round.target;
        flushes++;
      } else {
        failure = failure == null ? thrown : failure;
      }
      if (failure == null) {
        return after == null ? null : begin(after);
      }
    } finally {
      lock.unlock();
    }
    tail.stop();
    if (after != null) {
      after.end();
    }
    return null;
  }

  /** From here on those who come wait for the next one. */
  private void close(Round round) {
    lock.lock();
    try {
      round.target = tail.end();
    } finally {
      lock.unlock();
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
