package io.durable4j.orchestration;

import io.durable4j.data.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * The contract of an external event.
 *
 * @param name the name; not empty, matched ignoring case
 * @param payload what it carries
 * @param <P> the payload
 */
public record EventRef<P extends @Nullable Object>(String name, TypeRef<P> payload) {
  /** Refuses an empty name. */
  public EventRef {
    if (name.isBlank()) {
      throw new IllegalArgumentException("An event needs a name");
    }
  }

  /**
   * A reference with a plain class.
   *
   * @param name the name
   * @param payload what it carries
   * @param <P> the payload
   * @return the reference
   */
  public static <P> EventRef<P> of(String name, Class<P> payload) {
    return new EventRef<>(name, TypeRef.of(payload));
  }

  /**
   * A reference with a generic type.
   *
   * @param name the name
   * @param payload what it carries
   * @param <P> the payload
   * @return the reference
   */
  public static <P> EventRef<P> of(String name, TypeRef<P> payload) {
    return new EventRef<>(name, payload);
  }
}
