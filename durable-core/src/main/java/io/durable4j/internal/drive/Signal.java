package io.durable4j.internal.drive;

import java.util.function.LongSupplier;

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

  /**
   * Waits as {@link #await(long)} does, and tells from when on there is surely something to do.
   * What the waiter does before then is to look, in case that a hint was lost or a lease wants its
   * renewal. A drive whose clock jumps need not stop at each look: it may answer false at the due
   * time, earlier than {@code untilNanos}, or let many looks be one.
   *
   * @param untilNanos the monotonic time at which to look, or {@link #FOREVER}
   * @param dueNanos tells, while the waiter waits, the monotonic time at which something is due;
   *     {@link #FOREVER} when nothing is; called on any thread, must neither wait nor change
   *     anything
   * @return whether it was raised
   */
  default boolean await(long untilNanos, LongSupplier dueNanos) {
    return await(untilNanos);
  }
}
