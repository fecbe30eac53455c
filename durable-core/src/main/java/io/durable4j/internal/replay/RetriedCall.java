package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.RetryHandler;
import io.durable4j.orchestration.RetryPolicy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of an activity or a child with its retries, driven by events. */
final class RetriedCall<V extends @Nullable Object> implements Episode.Open, Origin<V> {
  private final Episode episode;
  private final Callee callee;
  private final CallOptions options;
  private final TaskCell<V> cell;
  private final Instant begun;
  private final int firstId;
  private int attempt = 1;

  /** The number of this attempt. */
  private int current;

  private @Nullable TimerCall pause;

  /** What is called. */
  interface Callee {
    /** For people. */
    String what();

    /** The type of its result. */
    Type result();

    /** Begins an attempt; answers its number. */
    int call(int firstAttempt, Episode.Open onEnd);

    /** Nobody waits for the attempt any more. */
    void withdraw(int attempt);

    /** The exception that it declares for a failure; null for the general one. */
    default @Nullable Throwable declared(FailureDetails failure) {
      return null;
    }
  }

  RetriedCall(Episode episode, Callee callee, CallOptions options) {
    this.episode = episode;
    this.callee = callee;
    this.options = options;
    this.begun = episode.clock();
    this.firstId = episode.nextId();
    this.cell = new TaskCell<>(episode, this);
  }

  /** Begins the first attempt. */
  TaskCell<V> start() {
    begin();
    return cell;
  }

  @Override
  public void cancelled(TaskCell<V> task) {
    if (pause != null) {
      pause.cell().abandon();
    } else {
      callee.withdraw(current);
    }
  }

  private void begin() {
    pause = null;
    current = callee.call(firstId, this);
  }

  @Override
  public void ok(@Nullable Payload result) {
    cell.end(result);
  }

  @Override
  public void failed(FailureDetails failure) {
    if (cell.isPending()) {
      episode.later(() -> decide(failure));
    }
  }

  @Override
  public V read(TaskCell<V> task, @Nullable Payload result) {
    return episode.payloads().resultOf(cell, current, result, callee.result());
  }

  @Override
  public @Nullable Throwable declared(FailureDetails failure) {
    return callee.declared(failure);
  }

  private void decide(FailureDetails failure) {
    episode.guarded(
        cell,
        () -> {
          RetryPolicy policy = options.retry();
          RetryHandler handler = options.handler();
          if (failure.nonRetriable() || (policy == null && handler == null)) {
            cell.fail(failure);
          } else if (policy != null) {
            byPolicy(policy, failure);
          } else if (handler != null) {
            byHandler(handler, failure);
          }
        });
  }

  private void byPolicy(RetryPolicy policy, FailureDetails failure) {
    if (!policy.retryIf().test(failure) || elapsed().compareTo(policy.timeout()) >= 0) {
      cell.fail(failure);
    } else if (attempt >= policy.maxAttempts()) {
      // The family sets a timer of no length after the last failure; numbering depends on it.
      pause(episode.clock(), () -> cell.fail(failure));
    } else {
      Duration delay = policy.delayAfter(attempt++);
      pause(episode.clock().plus(delay), this::begin);
    }
  }

  private void byHandler(RetryHandler handler, FailureDetails failure) {
    Optional<Duration> delay = handler.next(new RetryHandler.Attempt(attempt, failure, elapsed()));
    if (delay.isEmpty()) {
      cell.fail(failure);
      return;
    }
    attempt++;
    if (delay.get().compareTo(Duration.ZERO) > 0) {
      pause(episode.clock().plus(delay.get()), this::begin);
    } else {
      begin();
    }
  }

  private void pause(Instant due, Runnable then) {
    TimerCall timer = new TimerCall(episode, due);
    pause = timer;
    timer.start();
    timer
        .cell()
        .whenDone(
            () -> {
              if (cell.isPending() && timer.cell().isOk()) {
                episode.guarded(cell, then);
              }
            });
  }

  private Duration elapsed() {
    return Duration.between(begun, episode.clock());
  }

  @Override
  public String label(TaskCell<V> task) {
    return callee.what() + " (step " + firstId + ")";
  }
}
