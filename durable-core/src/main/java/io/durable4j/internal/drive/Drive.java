package io.durable4j.internal.drive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Time, ids and threads. Engine code has no other source of them. No engine code starts a thread,
 * calls {@link Signal#await} or calls storage while it holds a monitor, so a drive may run one
 * thread at a time.
 */
public interface Drive {
  /**
   * The wall clock.
   *
   * @return now
   */
  Instant now();

  /**
   * The monotonic clock.
   *
   * @return nanoseconds since some origin
   */
  long nanos();

  /**
   * When the wall clock will show a time, if it goes on as it does now.
   *
   * @param time the time
   * @return the monotonic time, not before now; one short of {@link Signal#FOREVER} at the latest
   */
  default long nanosAt(Instant time) {
    long now = nanos();
    Duration left = Duration.between(now(), time);
    if (left.isNegative()) {
      return now;
    }
    Duration most = Duration.ofNanos(Signal.FOREVER - 1 - Math.max(0, now));
    return now + (left.compareTo(most) < 0 ? left : most).toNanos();
  }

  /**
   * A fresh random id.
   *
   * @return the id
   */
  UUID randomId();

  /**
   * A fresh signal.
   *
   * @return a signal that is not raised
   */
  Signal signal();

  /**
   * Starts a loop of the engine, which lives until the host closes.
   *
   * @param name for people
   * @param body what it does
   * @return its handle
   */
  Running loop(String name, Runnable body);

  /**
   * Starts a piece of work: a turn or an activity, with user code in it.
   *
   * @param name for people
   * @param body what it does
   * @return its handle
   */
  Running work(String name, Runnable body);

  /**
   * A thread that runs only while another waits for it, and may stand still for long in between.
   *
   * @param name for people
   * @param body what it does, once it is resumed for the first time
   * @return the strand; empty where threads are too dear for that
   */
  Optional<Strand> strand(String name, Runnable body);

  /**
   * How to interrupt the calling thread, whichever it is.
   *
   * @return interrupts it; may be called on any thread, also when it has ended
   */
  Runnable interrupter();

  /**
   * How to look at the calling thread, whichever it is.
   *
   * @return shows it; may be used on any thread, also when it has ended
   */
  ThreadView view();

  /** A thread seen from others. */
  interface ThreadView {
    /**
     * What it does now.
     *
     * @return a state; an old one by the time it is read
     */
    Thread.State state();

    /**
     * Where it is now.
     *
     * @return its frames, innermost first; empty when it has ended
     */
    List<StackTraceElement> stack();
  }

  /** A thread that takes turns with those that resume it. */
  interface Strand {
    /**
     * Lets it go on, and waits until it pauses or ends. By one thread at a time. An interrupt of
     * the thread that waits is handed on where the runtime tells of it.
     *
     * @return whether it pauses; false when it has ended
     */
    boolean resume();

    /**
     * On the strand: lets the one that resumed it go on, and waits for the next. Interrupts that
     * come meanwhile are dropped.
     */
    void pause();

    /** Lets one that pauses go on to its end, without waiting. Its next pause is for ever. */
    void release();

    /** Interrupts it; on any thread, also when it pauses or has ended, which does nothing. */
    void interrupt();

    /**
     * How to look at it.
     *
     * @return shows it; may be used on any thread, also when it has ended
     */
    ThreadView view();
  }

  /** A started thread. */
  interface Running {
    /** Interrupts it. */
    void interrupt();

    /**
     * Waits for its end.
     *
     * @param untilNanos the monotonic time at which to give up
     * @return whether it ended
     */
    boolean join(long untilNanos);
  }
}
