package io.durable4j.internal.replay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of calls that have ended, which all warm episodes make, by the number of the action.
 */
final class RepeatedTasks {
  private static final int BYTES_A_TASK = 32;

  private @Nullable TaskCell<?>[] tasks = {};
  private int count;

  /** The task; null when there is none yet. */
  @Nullable TaskCell<?> get(int number) {
    return number < tasks.length ? tasks[number] : null;
  }

  void put(int number, TaskCell<?> task) {
    if (number >= tasks.length) {
      tasks = Arrays.copyOf(tasks, Math.max(number + 1, Columns.more(tasks.length)));
    }
    count += tasks[number] == null ? 1 : 0;
    tasks[number] = task;
  }

  void forget(int number) {
    if (get(number) != null) {
      tasks[number] = null;
      count--;
    }
  }

  /** About how many bytes it takes. */
  long bytes() {
    return (long) Columns.REFERENCE * tasks.length + (long) BYTES_A_TASK * count;
  }
}
