package io.durable4j.activity;

import io.durable4j.data.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contract of an activity without an interface: a name with its input and output types, written
 * once and shared by orchestrators and workers.
 *
 * @param name the name in history; not empty, matched ignoring case
 * @param input what it takes
 * @param output what it returns
 * @param <I> the input
 * @param <O> the output
 */
public record ActivityRef<I extends @Nullable Object, O extends @Nullable Object>(
    String name, TypeRef<I> input, TypeRef<O> output) {
  /** Refuses an empty name. */
  public ActivityRef {
    if (name.isBlank()) {
      throw new IllegalArgumentException("An activity needs a name");
    }
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
  }

  /**
   * A reference with plain classes.
   *
   * @param name the name in history
   * @param input what it takes
   * @param output what it returns
   * @param <I> the input
   * @param <O> the output
   * @return the reference
   */
  public static <I, O> ActivityRef<I, O> of(String name, Class<I> input, Class<O> output) {
    return new ActivityRef<>(name, TypeRef.of(input), TypeRef.of(output));
  }

  /**
   * A reference with generic types.
   *
   * @param name the name in history
   * @param input what it takes
   * @param output what it returns
   * @param <I> the input
   * @param <O> the output
   * @return the reference
   */
  public static <I, O> ActivityRef<I, O> of(String name, TypeRef<I> input, TypeRef<O> output) {
    return new ActivityRef<>(name, input, output);
  }
}
