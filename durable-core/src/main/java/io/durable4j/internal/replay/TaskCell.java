package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskCancelledException;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task of an episode. */
final class TaskCell<V extends @Nullable Object> implements Task<V> {
  private enum State {
    PENDING,
    OK,
    FAILED,
    CANCELLED
  }

  private final Episode episode;

  /** Tells people what it is, when they ask. */
  private final Object what;

  private State state = State.PENDING;
  private @Nullable Supplier<? extends V> value;
  private @Nullable FailureDetails failure;
  private @Nullable Function<FailureDetails, @Nullable Throwable> rethrow;
  private @Nullable Runnable onCancel;
  private List<Runnable> callbacks = List.of();

  TaskCell(Episode episode, Object what) {
    this.episode = episode;
    this.what = what;
  }

  /** The result is made when it is first wanted, and then kept. */
  void complete(Supplier<? extends V> result) {
    if (state == State.PENDING) {
      state = State.OK;
      value = Once.of(result);
      settled();
    }
  }

  void fail(FailureDetails why) {
    if (state == State.PENDING) {
      state = State.FAILED;
      failure = why;
      settled();
    }
  }

  private void settled() {
    for (Runnable callback : callbacks) {
      episode.callbacks().add(callback);
    }
    callbacks = List.of();
    onCancel = null;
  }

  void rethrowing(Function<FailureDetails, @Nullable Throwable> typed) {
    rethrow = typed;
  }

  void onCancel(Runnable action) {
    onCancel = action;
  }

  /** Runs the callback once this has ended; at once when it has. */
  void whenDone(Runnable callback) {
    if (state == State.PENDING) {
      if (callbacks.isEmpty()) {
        callbacks = new ArrayList<>(1);
      }
      callbacks.add(callback);
    } else {
      episode.callbacks().add(callback);
    }
  }

  /** It is not to be run any more. */
  @SuppressWarnings("ReferenceEquality") // this very one
  void forget(Runnable callback) {
    if (!callbacks.isEmpty()) {
      callbacks.removeIf(c -> c == callback);
    }
  }

  @Override
  public V await() {
    waitForEnd();
    return get();
  }

  @Override
  public boolean awaitFor(Duration limit) {
    episode.script().enter();
    if (isPending() && limit.compareTo(Duration.ZERO) > 0) {
      Task<@Nullable Void> timer = episode.timer(episode.clock().plus(limit));
      episode.runCallbacks();
      episode.waitUntil(() -> !isPending() || timer.isDone());
      timer.cancel();
    }
    return !isPending();
  }

  @Override
  public Outcome<V> outcome() {
    waitForEnd();
    return ended();
  }

  private void waitForEnd() {
    episode.script().enter();
    episode.waitUntil(() -> !isPending());
  }

  /** How it ended; only once it has. */
  Outcome<V> ended() {
    if (state == State.OK) {
      return new Outcome.Ok<>(value());
    }
    return new Outcome.Failed<>(failure());
  }

  private V value() {
    Supplier<? extends V> result = value;
    if (result == null) {
      throw new IllegalStateException("no value");
    }
    return result.get();
  }

  FailureDetails failure() {
    return failure != null
        ? failure
        : FailureDetails.of("TaskCancelled", what + " was cancelled by the orchestrator", true);
  }

  private V get() {
    if (state == State.OK) {
      return value();
    }
    if (state == State.CANCELLED) {
      throw new TaskCancelledException(failure().message());
    }
    Throwable typed = rethrow == null ? null : rethrow.apply(failure());
    if (typed != null) {
      throw Sneaky.rethrow(typed);
    }
    throw new TaskFailedException(what.toString(), failure());
  }

  boolean isPending() {
    return state == State.PENDING;
  }

  boolean isOk() {
    return state == State.OK;
  }

  boolean isCancelled() {
    return state == State.CANCELLED;
  }

  @Override
  public boolean isDone() {
    episode.script().enter();
    return !isPending();
  }

  @Override
  public void cancel() {
    episode.script().enter();
    abandon();
    episode.runCallbacks();
  }

  /** Cancels without asking who calls. */
  void abandon() {
    if (state != State.PENDING) {
      return;
    }
    Runnable action = onCancel;
    state = State.CANCELLED;
    settled();
    if (action != null) {
      action.run();
    }
  }

  @Override
  public <R extends @Nullable Object> Task<R> thenApply(Function<? super V, ? extends R> f) {
    return then(
        (v, next) -> {
          R result = f.apply(v);
          next.complete(() -> result);
        });
  }

  @Override
  public <R extends @Nullable Object> Task<R> thenCompose(Function<? super V, Task<R>> f) {
    return then(
        (v, next) -> {
          TaskCell<R> inner = (TaskCell<R>) f.apply(v);
          inner.whenDone(() -> inner.handTo(next));
        });
  }

  private void handTo(TaskCell<V> next) {
    if (state == State.OK && value != null) {
      next.complete(value);
    } else {
      next.rethrow = rethrow;
      next.fail(failure());
    }
  }

  private <R extends @Nullable Object> Task<R> then(Continuation<V, R> continuation) {
    episode.script().enter();
    TaskCell<R> next = new TaskCell<>(episode, what);
    whenDone(
        () -> {
          if (state != State.OK) {
            next.rethrow = rethrow;
            next.fail(failure());
            return;
          }
          episode.guarded(next, () -> continuation.run(value(), next));
        });
    episode.runCallbacks();
    return next;
  }

  /** Fails the task with what user code threw in a callback. */
  void failWith(Throwable thrown) {
    if (thrown instanceof TaskFailedException t) {
      fail(t.failure());
    } else {
      fail(Failures.of(thrown, false));
    }
  }

  @Override
  public String toString() {
    return what + " " + state;
  }

  private interface Continuation<V extends @Nullable Object, R extends @Nullable Object> {
    void run(V value, TaskCell<R> next);
  }
}
