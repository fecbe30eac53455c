package io.durable4j.internal.replay;

import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tasks made of tasks. */
final class Joins {
  private Joins() {}

  static <V extends @Nullable Object> Task<List<V>> allOf(
      Episode episode, Collection<? extends Task<? extends V>> tasks) {
    TaskCell<List<V>> all = new TaskCell<>(episode, "allOf of " + tasks.size() + " tasks");
    List<TaskCell<? extends V>> cells = new ArrayList<>(tasks.size());
    for (Task<? extends V> t : tasks) {
      cells.add((TaskCell<? extends V>) t);
    }
    int[] left = {cells.size()};
    Runnable oneEnded =
        () -> {
          if (--left[0] == 0) {
            finish(all, cells);
          }
        };
    if (cells.isEmpty()) {
      all.complete(List::of);
    }
    cells.forEach(c -> c.whenDone(oneEnded));
    episode.runCallbacks();
    return all;
  }

  private static <V extends @Nullable Object> void finish(
      TaskCell<List<V>> all, List<TaskCell<? extends V>> cells) {
    for (TaskCell<? extends V> c : cells) {
      if (!c.isOk()) {
        all.fail(c.failure());
        return;
      }
    }
    all.complete(
        () -> {
          List<V> values = new ArrayList<>(cells.size());
          for (TaskCell<? extends V> c : cells) {
            values.add(c.ended().get());
          }
          return values;
        });
  }

  static Task<Task<?>> anyOf(Episode episode, Task<?>... tasks) {
    TaskCell<Task<?>> any = new TaskCell<>(episode, "anyOf of " + tasks.length + " tasks");
    Runnable[] oneEnded = new Runnable[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      TaskCell<?> one = (TaskCell<?>) tasks[i];
      oneEnded[i] =
          () -> {
            if (any.isPending()) {
              any.complete(() -> one);
              forget(tasks, oneEnded);
            }
          };
      one.whenDone(oneEnded[i]);
    }
    episode.runCallbacks();
    return any;
  }

  /** Those that go on for long would gather the callbacks of all that were faster. */
  private static void forget(Task<?>[] tasks, Runnable[] callbacks) {
    for (int i = 0; i < tasks.length; i++) {
      ((TaskCell<?>) tasks[i]).forget(callbacks[i]);
    }
  }

  static <T extends @Nullable Object, V extends @Nullable Object> Task<List<Outcome<V>>> fanOut(
      Episode episode,
      Collection<? extends T> items,
      int maxInFlight,
      Function<? super T, Task<V>> each) {
    FanOut<T, V> fanOut = new FanOut<>(episode, items, each);
    return fanOut.start(maxInFlight);
  }

  private static final class FanOut<T extends @Nullable Object, V extends @Nullable Object> {
    private final Episode episode;
    private final Iterator<? extends T> items;
    private final Function<? super T, Task<V>> each;
    private final TaskCell<List<Outcome<V>>> all;
    private final List<TaskCell<V>> begun;
    private int running;

    FanOut(Episode episode, Collection<? extends T> items, Function<? super T, Task<V>> each) {
      this.episode = episode;
      this.items = new ArrayList<T>(items).iterator();
      this.each = each;
      this.begun = new ArrayList<>(items.size());
      this.all = new TaskCell<>(episode, "fanOut over " + items.size() + " items");
    }

    Task<List<Outcome<V>>> start(int maxInFlight) {
      episode
          .callbacks()
          .add(
              () -> {
                while (running < maxInFlight && items.hasNext()) {
                  beginNext();
                }
                endIfDone();
              });
      episode.runCallbacks();
      return all;
    }

    private record Item(int place) {
      @Override
      public String toString() {
        return "item " + place + " of a fanOut";
      }
    }

    private void beginNext() {
      TaskCell<V> slot = new TaskCell<>(episode, new Item(begun.size()));
      begun.add(slot);
      running++;
      slot.whenDone(this::oneEnded);
      T item = items.next();
      episode.guarded(
          slot,
          () -> {
            TaskCell<V> task = (TaskCell<V>) each.apply(item);
            task.whenDone(() -> episode.guarded(slot, () -> end(task, slot)));
          });
    }

    /** Reads the result here, so that one which does not read fails its item only. */
    private void end(TaskCell<V> task, TaskCell<V> slot) {
      if (task.ended() instanceof Outcome.Failed<V> f) {
        slot.fail(f.failure());
      } else {
        slot.complete(() -> task.ended().get());
      }
    }

    private void oneEnded() {
      running--;
      if (all.isPending() && items.hasNext()) {
        beginNext();
      }
      endIfDone();
    }

    private void endIfDone() {
      if (running == 0 && !items.hasNext()) {
        all.complete(() -> begun.stream().map(TaskCell::ended).toList());
      }
    }
  }
}
