package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.internal.contract.DeclaredFailure;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of an activity's calls without retries come from. The calls may share it: each
 * task knows its number.
 */
final class ActivityCall<V extends @Nullable Object> implements Origin<V> {
  private final String name;
  private final Type result;
  private final List<Class<? extends Exception>> declared;

  ActivityCall(String name, Type result, List<Class<? extends Exception>> declared) {
    this.name = name;
    this.result = result;
    this.declared = declared;
  }

  /** Whether it is this activity, called in this form; mostly it is all the very same objects. */
  boolean is(String otherName, Type otherResult, List<Class<? extends Exception>> otherDeclared) {
    return Objects.equals(name, otherName)
        && Objects.equals(result, otherResult)
        && Objects.equals(declared, otherDeclared);
  }

  @Override
  public V read(TaskCell<V> task, @Nullable Payload payload) {
    return task.episode().payloads().resultOf(task, task.number(), payload, result);
  }

  @Override
  public boolean share(TaskCell<V> task, V value) {
    return task.episode().payloads().share(task, value, result);
  }

  @Override
  public void cancelled(TaskCell<V> task) {
    task.episode().withdraw(task.number());
  }

  @Override
  public @Nullable Throwable declared(FailureDetails failure) {
    return DeclaredFailure.rebuild(declared, failure);
  }

  @Override
  public String label(TaskCell<V> task) {
    return "Activity " + name + " (step " + task.number() + ")";
  }
}
