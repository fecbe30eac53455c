package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import org.jspecify.annotations.Nullable;

/** Where a task comes from. Its text says to people which task it is. */
interface Origin<V extends @Nullable Object> {
  /** The task's value, of what it ended with; asked for when it is first wanted. */
  V read(@Nullable Payload result);

  /** The task was cancelled: nobody waits for its end any more. */
  default void cancelled() {}

  /** The exception that the called code declares for this failure; null for the general one. */
  default @Nullable Throwable declared(FailureDetails failure) {
    return null;
  }

  /** The origin of a task that is given its value. */
  static <V extends @Nullable Object> Origin<V> named(Object name) {
    return new Named<>(name);
  }

  /** A name in words, made when somebody asks. */
  record Named<V extends @Nullable Object>(Object name) implements Origin<V> {
    @Override
    public V read(@Nullable Payload result) {
      throw new IllegalStateException(name + " has a value and no payload");
    }

    @Override
    public String toString() {
      return name.toString();
    }
  }
}
