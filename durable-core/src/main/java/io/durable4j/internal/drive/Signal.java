package io.durable4j.internal.drive;

/**
 * The place where an engine thread waits for another: a flag that is raised by any thread and taken
 * by one waiter. A signal raised before the wait is not lost. Interrupts do not end a wait; the
 * flag of the thread is kept.
 */
public interface Signal {
  /** The time that never comes. */
  long FOREVER = Long.MAX_VALUE;

  /** Raises the flag; done twice is done once. */
  void raise();

  /**
   * Waits until the flag is raised, and takes it down.
   *
   * @param untilNanos the monotonic time at which to give up, or {@link #FOREVER}
   * @return whether it was raised
   */
  boolean await(long untilNanos);
}
