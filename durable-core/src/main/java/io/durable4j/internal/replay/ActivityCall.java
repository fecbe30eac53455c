package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.internal.contract.DeclaredFailure;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of an activity without retries: its only attempt ends the task. It holds no more than the
 * end needs, since a long history has one for each call.
 */
final class ActivityCall<V extends @Nullable Object> implements Episode.Open, Origin<V> {
  private final TaskCell<V> task;
  private final int step;
  private final String name;
  private final Type result;
  private final List<Class<? extends Exception>> declared;

  /** The next step of the episode. */
  ActivityCall(
      Episode episode, String name, Type result, List<Class<? extends Exception>> declared) {
    this.step = episode.nextId();
    this.name = name;
    this.result = result;
    this.declared = declared;
    this.task = new TaskCell<>(episode, this);
  }

  TaskCell<V> task() {
    return task;
  }

  @Override
  public void ok(@Nullable Payload payload) {
    task.end(payload);
  }

  @Override
  public void failed(FailureDetails failure) {
    task.fail(failure);
  }

  @Override
  public V read(@Nullable Payload payload) {
    return task.episode().payloads().resultOf(task, step, payload, result);
  }

  @Override
  public void cancelled() {
    task.episode().withdraw(step);
  }

  @Override
  public @Nullable Throwable declared(FailureDetails failure) {
    return DeclaredFailure.rebuild(declared, failure);
  }

  /** Which call it is. */
  @Override
  public String toString() {
    return "Activity " + name + " (step " + step + ")";
  }
}
