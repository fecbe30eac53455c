package io.durable4j.internal.dispatch;

import io.durable4j.activity.Limits;
import org.jspecify.annotations.Nullable;

/** A limit that the activities of one registration share; it is equal to itself only. */
public final class Cap {
  private final int max;

  private Cap(int max) {
    this.max = max;
  }

  /**
   * The cap of a registration.
   *
   * @param limits what was asked for
   * @return the cap; null without one
   */
  static @Nullable Cap of(Limits limits) {
    return limits.maxConcurrent() == Integer.MAX_VALUE ? null : new Cap(limits.maxConcurrent());
  }

  int max() {
    return max;
  }
}
