package io.durable4j.activity;

import org.jspecify.annotations.Nullable;

/** Which activity a thread runs. */
final class CurrentActivity {
  static final ThreadLocal<@Nullable ActivityContext> THREAD = new ThreadLocal<>();

  private CurrentActivity() {}
}
