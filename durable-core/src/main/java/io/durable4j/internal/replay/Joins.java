package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
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
    return new AllOf<V>(episode, tasks).start();
  }

  private static final class AllOf<V extends @Nullable Object>
      implements Origin<List<V>>, Runnable {
    private final Episode episode;
    private final TaskCell<List<V>> all;
    private final List<TaskCell<? extends V>> parts;
    private int left;

    AllOf(Episode episode, Collection<? extends Task<? extends V>> tasks) {
      this.episode = episode;
      this.all = new TaskCell<>(episode, this);
      this.parts = new ArrayList<>(tasks.size());
      for (Task<? extends V> t : tasks) {
        parts.add((TaskCell<? extends V>) t);
      }
      this.left = parts.size();
    }

    Task<List<V>> start() {
      if (parts.isEmpty()) {
        all.complete(List.of());
      }
      parts.forEach(c -> c.whenDone(this));
      episode.runCallbacks();
      return all;
    }

    /** One more has ended. */
    @Override
    public void run() {
      if (--left == 0) {
        finish();
      }
    }

    private void finish() {
      for (TaskCell<? extends V> c : parts) {
        if (!c.isOk()) {
          all.fail(c.failure());
          return;
        }
      }
      all.end(null);
    }

    @Override
    public List<V> read(TaskCell<List<V>> task, @Nullable Payload none) {
      List<V> values = new ArrayList<>(parts.size());
      for (TaskCell<? extends V> c : parts) {
        values.add(c.value());
      }
      return values;
    }

    @Override
    public String label(TaskCell<List<V>> task) {
      return "allOf of " + parts.size() + " tasks";
    }
  }

  static Task<Task<?>> anyOf(Episode episode, Task<?>... tasks) {
    TaskCell<Task<?>> any =
        new TaskCell<>(episode, Origin.named("anyOf of " + tasks.length + " tasks"));
    Runnable[] oneEnded = new Runnable[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      TaskCell<?> one = (TaskCell<?>) tasks[i];
      oneEnded[i] =
          () -> {
            if (any.isPending()) {
              any.complete(one);
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
      this.all = new TaskCell<>(episode, Origin.named("fanOut over " + items.size() + " items"));
    }

    Task<List<Outcome<V>>> start(int maxInFlight) {
      episode.later(
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
      TaskCell<V> slot = new TaskCell<>(episode, Origin.named(new Item(begun.size())));
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
        slot.complete(task.value());
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
        all.complete(begun.stream().map(TaskCell::ended).toList());
      }
    }
  }
}
