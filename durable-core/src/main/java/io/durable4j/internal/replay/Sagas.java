package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import io.durable4j.orchestration.Action;
import io.durable4j.orchestration.CompensationFailedException;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Saga;
import io.durable4j.orchestration.SagaBody;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sagas of an episode. What a compensation does is recorded like everything else, so that an
 * unfinished one is found again on replay, where the body fails again in the same place.
 */
final class Sagas {
  private final Episode episode;

  /** The saga whose body runs, innermost; a compensation stands in none. */
  private @Nullable Scope current;

  Sagas(Episode episode) {
    this.episode = episode;
  }

  private record Compensation(RetryPolicy retry, Action action) {}

  private final class Scope implements Saga {
    private final Deque<Compensation> newestFirst = new ArrayDeque<>();
    private boolean ended;

    @Override
    public void onFailure(RetryPolicy retry, Action compensation) {
      episode.script().enter();
      if (ended) {
        throw new OrchestratorRuleException(
            "A compensation was given to a saga whose body has ended; give it inside ctx.saga(...)");
      }
      newestFirst.push(new Compensation(retry, compensation));
    }

    /** What this one has done is a part of the outer one's work. */
    void handTo(Scope outer) {
      newestFirst.descendingIterator().forEachRemaining(outer.newestFirst::push);
    }
  }

  <R extends @Nullable Object> R run(SagaBody<R> body) {
    Scope outer = current;
    Scope mine = new Scope();
    current = mine;
    try {
      R result = body.run(mine);
      if (episode.script().isStopped()) {
        throw Unwind.SIGNAL;
      }
      if (outer != null) {
        mine.handTo(outer);
      }
      return result;
    } catch (Throwable failed) {
      if (episode.script().isStopped()) {
        // A wait is no failure, whatever user code made of the signal.
        throw Unwind.SIGNAL;
      }
      if (failed instanceof LinkageError || failed instanceof OutOfMemoryError) {
        throw Sneaky.rethrow(failed);
      }
      mine.ended = true;
      current = null;
      throw Sneaky.rethrow(undo(mine, failed));
    } finally {
      mine.ended = true;
      current = outer;
    }
  }

  /** Undoes what was done; answers what the saga fails with. */
  private Throwable undo(Scope saga, Throwable failed) {
    List<FailureDetails> failures = new ArrayList<>();
    for (Compensation c : saga.newestFirst) {
      FailureDetails failure = undo(c);
      if (failure != null) {
        failures.add(failure);
        report(failure);
      }
    }
    return failures.isEmpty() ? failed : new CompensationFailedException(failed, failures);
  }

  private void report(FailureDetails failure) {
    if (!episode.timeline().isReplaying()) {
      episode
          .decisions()
          .warn("A compensation failed for good, the others go on: " + failure.toString());
    }
  }

  private @Nullable FailureDetails undo(Compensation c) {
    Instant begun = episode.clock();
    for (int attempt = 1; ; attempt++) {
      FailureDetails failure = attempt(c.action);
      if (failure == null || !isWorthIt(c.retry, failure, attempt, begun)) {
        return failure;
      }
      episode.timer(episode.clock().plus(c.retry.delayAfter(attempt))).await();
    }
  }

  private boolean isWorthIt(RetryPolicy retry, FailureDetails failure, int attempt, Instant begun) {
    return !failure.nonRetriable()
        && attempt < retry.maxAttempts()
        && Duration.between(begun, episode.clock()).compareTo(retry.timeout()) < 0
        && retry.retryIf().test(failure);
  }

  private @Nullable FailureDetails attempt(Action action) {
    try {
      action.run();
    } catch (Throwable t) {
      if (episode.script().isStopped()) {
        throw Unwind.SIGNAL;
      }
      if (t instanceof LinkageError || t instanceof OutOfMemoryError) {
        throw episode.obstacles().notRunnable(t);
      }
      return t instanceof TaskFailedException f ? f.failure() : Failures.of(t, false);
    }
    if (episode.script().isStopped()) {
      throw Unwind.SIGNAL;
    }
    return null;
  }
}
