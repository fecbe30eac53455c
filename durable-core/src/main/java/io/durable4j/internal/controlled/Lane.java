package io.durable4j.internal.controlled;

/** Where one run's threads come from. */
interface Lane {
  /** Lets a thread run the task. */
  void start(Runnable task);

  /** No task is started any more; threads that have nothing left to do may go. May be repeated. */
  default void close() {}
}
