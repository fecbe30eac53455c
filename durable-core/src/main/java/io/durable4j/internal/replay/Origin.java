package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import org.jspecify.annotations.Nullable;

/** Where tasks come from; one task, or all of a kind. */
interface Origin<V extends @Nullable Object> {
  /** The task's value, of what it ended with; asked for when it is first wanted. */
  V read(TaskCell<V> task, @Nullable Payload result);

  /**
   * Lets all episodes have the task, if what was read as its value is the same in all of them;
   * answers whether it is.
   */
  default boolean share(TaskCell<V> task, V value) {
    return false;
  }

  /** The task was cancelled: nobody waits for its end any more. */
  default void cancelled(TaskCell<V> task) {}

  /** The exception that the called code declares for this failure; null for the general one. */
  default @Nullable Throwable declared(FailureDetails failure) {
    return null;
  }

  /** Says to people which task it is. */
  String label(TaskCell<V> task);

  /** The origin of a task that is given its value. */
  static <V extends @Nullable Object> Origin<V> named(Object name) {
    return new Named<>(name);
  }

  /** The origin of a task that is given a value made of another one's; called the same. */
  static <V extends @Nullable Object> Origin<V> after(TaskCell<?> other) {
    return new After<>(other);
  }

  /** A name in words, made when somebody asks. */
  record Named<V extends @Nullable Object>(Object name) implements Origin<V> {
    @Override
    public V read(TaskCell<V> task, @Nullable Payload result) {
      throw new IllegalStateException(name + " has a value and no payload");
    }

    @Override
    public String label(TaskCell<V> task) {
      return name.toString();
    }
  }

  /** The name of another task. */
  record After<V extends @Nullable Object>(TaskCell<?> other) implements Origin<V> {
    @Override
    public V read(TaskCell<V> task, @Nullable Payload result) {
      throw new IllegalStateException(other.label() + " has a value and no payload");
    }

    @Override
    public String label(TaskCell<V> task) {
      return other.label();
    }
  }
}
