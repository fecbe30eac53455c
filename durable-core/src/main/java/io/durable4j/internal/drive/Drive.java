package io.durable4j.internal.drive;

import java.time.Instant;
import java.util.List;
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
