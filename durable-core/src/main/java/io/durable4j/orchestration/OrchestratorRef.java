package io.durable4j.orchestration;

import io.durable4j.data.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contract of an orchestrator: a name with its input and output types, written once and shared
 * by workers, clients and tests.
 *
 * @param name the name in history; not empty, matched ignoring case
 * @param input what it takes
 * @param output what it returns
 * @param <I> the input
 * @param <O> the output
 */
public record OrchestratorRef<I extends @Nullable Object, O extends @Nullable Object>(
    String name, TypeRef<I> input, TypeRef<O> output) {
  /** Refuses an empty name. */
  public OrchestratorRef {
    if (name.isBlank()) {
      throw new IllegalArgumentException("An orchestrator needs a name");
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
  public static <I, O> OrchestratorRef<I, O> of(String name, Class<I> input, Class<O> output) {
    return new OrchestratorRef<>(name, TypeRef.of(input), TypeRef.of(output));
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
  public static <I, O> OrchestratorRef<I, O> of(String name, TypeRef<I> input, TypeRef<O> output) {
    return new OrchestratorRef<>(name, input, output);
  }
}
