package io.durable4j.internal.replay;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is computed when it is first wanted. Used on one thread. */
final class Once<V extends @Nullable Object> implements Supplier<V> {
  private final Supplier<? extends V> source;
  private boolean done;
  private @Nullable V value;

  private Once(Supplier<? extends V> source) {
    this.source = source;
  }

  static <V extends @Nullable Object> Supplier<V> of(Supplier<? extends V> source) {
    return new Once<V>(source);
  }

  @Override
  @SuppressWarnings("NullAway") // null is a value where V allows it
  public V get() {
    if (!done) {
      value = source.get();
      done = true;
    }
    return value;
  }
}
