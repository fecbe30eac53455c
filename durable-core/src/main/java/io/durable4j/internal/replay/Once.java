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
    return source instanceof Once<? extends V> ? narrow(source) : new Once<V>(source);
  }

  /** Long chains hand one value on; wrapping it at each link would need a stack as deep. */
  @SuppressWarnings("unchecked") // a supplier only gives
  private static <V extends @Nullable Object> Supplier<V> narrow(Supplier<? extends V> source) {
    return (Supplier<V>) source;
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
