package io.durable4j.entity;

import org.jspecify.annotations.Nullable;

/** Which operation a thread runs. */
final class CurrentEntity {
  static final ThreadLocal<@Nullable EntityContext> THREAD = new ThreadLocal<>();

  private CurrentEntity() {}
}
