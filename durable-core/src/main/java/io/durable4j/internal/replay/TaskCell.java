package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import io.durable4j.data.Payload;
import io.durable4j.history.HistoryEvent;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskCancelledException;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A task of an episode, or of one episode after the other. A long history has one for each call, so
 * that it is kept small.
 *
 * <p>One that serves many episodes is old, and to write a reference into an old object is dear: the
 * collector has to hear of it. So a call that ends with the same value each time writes nothing but
 * its state, which is a number for the same reason.
 */
final class TaskCell<V extends @Nullable Object> implements Task<V>, Episode.Open {
  private static final byte PENDING = 0;

  /** Pending in an episode, and will end with the value with which it ended in others. */
  private static final byte AGAIN = 1;

  /** Ended well with a payload that nobody has wanted yet. */
  private static final byte UNREAD = 2;

  private static final byte OK = 3;

  /** Ended well with a value that is the same in all episodes. */
  private static final byte SHARED = 4;

  private static final byte FAILED = 5;
  private static final byte CANCELLED = 6;

  /** Ended as another task has. */
  private static final byte FOLLOWING = 7;

  private final Stage stage;
  private final Origin<V> origin;
  private final int number;
  private byte state = PENDING;

  /** Whether a callback has waited for its end. Those are references too, so it is not shared. */
  private boolean hadCallbacks;

  /**
   * By state: the callbacks, null without any; then the payload, the value, the failure, or the
   * other task.
   */
  private @Nullable Object end;

  TaskCell(Episode episode, Origin<V> origin) {
    this(episode, origin, HistoryEvent.NO_ACTION);
  }

  /** Of the action with this number. */
  TaskCell(Episode episode, Origin<V> origin, int number) {
    this.stage = episode.stage();
    this.origin = origin;
    this.number = number;
  }

  Episode episode() {
    return stage.episode();
  }

  int number() {
    return number;
  }

  Origin<V> origin() {
    return origin;
  }

  /** The same call is made again, in another episode of the execution. */
  void beginAgain() {
    if (state == SHARED) {
      state = AGAIN;
    } else if (state != AGAIN) { // an episode that was left early
      state = PENDING;
      end = null;
    }
  }

  @Override
  public void ok(@Nullable Payload result) {
    if (state == AGAIN) {
      state = SHARED;
    } else {
      end(result);
    }
  }

  @Override
  public void failed(FailureDetails failure) {
    fail(failure);
  }

  /** Ends well; the origin reads the payload when the value is first wanted. */
  void end(@Nullable Payload result) {
    settle(UNREAD, result);
  }

  void complete(V value) {
    settle(OK, value);
  }

  void fail(FailureDetails why) {
    settle(FAILED, why);
  }

  /** Ends as the other one has; a chain of those ends as the first one, without a stack. */
  private void follow(TaskCell<?> other) {
    settle(FOLLOWING, other.state == FOLLOWING ? other.end : other);
  }

  private void settle(byte how, @Nullable Object with) {
    if (isPending()) {
      List<Runnable> callbacks = callbacks();
      state = how;
      end = with;
      for (int i = 0; i < callbacks.size(); i++) {
        episode().later(callbacks.get(i));
      }
    }
  }

  /** Who waits for its end; only until then. */
  @SuppressWarnings("unchecked") // what the state says
  private List<Runnable> callbacks() {
    return state != PENDING || end == null ? List.of() : (List<Runnable>) end;
  }

  /** Runs the callback once this has ended; at once when it has. */
  void whenDone(Runnable callback) {
    if (!isPending()) {
      episode().later(callback);
      return;
    }
    List<Runnable> callbacks = callbacks();
    hadCallbacks = true;
    state = PENDING;
    if (callbacks.isEmpty()) {
      end = List.of(callback);
    } else if (callbacks.size() == 1) {
      List<Runnable> more = new ArrayList<>(callbacks);
      more.add(callback);
      end = more;
    } else {
      callbacks.add(callback);
    }
  }

  /** It is not to be run any more. */
  @SuppressWarnings("ReferenceEquality") // this very one
  void forget(Runnable callback) {
    if (state != PENDING) {
      return;
    }
    List<Runnable> callbacks = callbacks();
    if (callbacks.size() > 1) {
      callbacks.removeIf(c -> c == callback);
    } else if (!callbacks.isEmpty() && callbacks.get(0) == callback) {
      end = null;
    }
  }

  @Override
  public V await() {
    episode().script().enter();
    episode().waitFor(this);
    return get();
  }

  @Override
  public boolean awaitFor(Duration limit) {
    episode().script().enter();
    if (isPending() && limit.compareTo(Duration.ZERO) > 0) {
      Task<@Nullable Void> timer = episode().timer(episode().clock().plus(limit));
      episode().runCallbacks();
      episode().waitUntil(() -> !isPending() || timer.isDone());
      timer.cancel();
    }
    return !isPending();
  }

  @Override
  public Outcome<V> outcome() {
    episode().script().enter();
    episode().waitFor(this);
    return ended();
  }

  /** How it ended; only once it has. */
  Outcome<V> ended() {
    return isOk() ? new Outcome.Ok<>(value()) : new Outcome.Failed<>(failure());
  }

  /** Its value; only once it has ended well. */
  @SuppressWarnings({"unchecked", "NullAway"}) // what the state says; null where V allows it
  V value() {
    TaskCell<V> ended = source();
    if (ended.state == UNREAD) {
      V read = ended.origin.read(ended, (Payload) ended.end);
      ended.end = read;
      ended.state = !ended.hadCallbacks && ended.origin.share(ended, read) ? SHARED : OK;
    }
    if (ended.state != OK && ended.state != SHARED) {
      throw new IllegalStateException(this + " has no value");
    }
    return (V) ended.end;
  }

  FailureDetails failure() {
    TaskCell<V> ended = source();
    return ended.end instanceof FailureDetails failure && ended.state == FAILED
        ? failure
        : FailureDetails.of(
            "TaskCancelled", ended.label() + " was cancelled by the orchestrator", true);
  }

  /** The task that holds how this one ended. */
  @SuppressWarnings("unchecked") // a value that is followed is of the same type
  private TaskCell<V> source() {
    return state == FOLLOWING && end instanceof TaskCell<?> other ? (TaskCell<V>) other : this;
  }

  private V get() {
    if (isOk()) {
      return value();
    }
    if (state == CANCELLED) {
      throw new TaskCancelledException(failure().message());
    }
    Throwable typed = source().origin.declared(failure());
    if (typed != null) {
      throw Sneaky.rethrow(typed);
    }
    throw new TaskFailedException(label(), failure());
  }

  boolean isPending() {
    return state == PENDING || state == AGAIN;
  }

  boolean isOk() {
    byte ended = source().state;
    return ended == UNREAD || ended == OK || ended == SHARED;
  }

  @Override
  public boolean isDone() {
    episode().script().enter();
    return !isPending();
  }

  @Override
  public void cancel() {
    episode().script().enter();
    abandon();
    episode().runCallbacks();
  }

  /** Cancels without asking who calls. */
  void abandon() {
    if (isPending()) {
      settle(CANCELLED, null);
      origin.cancelled(this);
    }
  }

  @Override
  public <R extends @Nullable Object> Task<R> thenApply(Function<? super V, ? extends R> f) {
    return then((v, next) -> next.complete(f.apply(v)));
  }

  @Override
  public <R extends @Nullable Object> Task<R> thenCompose(Function<? super V, Task<R>> f) {
    return then(
        (v, next) -> {
          TaskCell<R> inner = (TaskCell<R>) f.apply(v);
          inner.whenDone(() -> next.follow(inner));
        });
  }

  private <R extends @Nullable Object> Task<R> then(Continuation<V, R> continuation) {
    episode().script().enter();
    TaskCell<R> next = new TaskCell<>(episode(), Origin.after(this));
    whenDone(
        () -> {
          if (isOk()) {
            episode().guarded(next, () -> continuation.run(value(), next));
          } else {
            next.follow(this);
          }
        });
    episode().runCallbacks();
    return next;
  }

  /** Says to people which task it is. */
  String label() {
    return origin.label(this);
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
    if (isOk()) {
      return label() + " OK";
    }
    return label()
        + switch (state) {
          case PENDING, AGAIN -> " PENDING";
          case CANCELLED -> " CANCELLED";
          default -> " FAILED";
        };
  }

  private interface Continuation<V extends @Nullable Object, R extends @Nullable Object> {
    void run(V value, TaskCell<R> next);
  }
}
