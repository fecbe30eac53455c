package io.durable4j.internal.replay;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.internal.contract.DeclaredFailure;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to an entity that is answered: a call, or a lock. */
final class EntityCall<V extends @Nullable Object> implements EntityWaits.Wait, Origin<V> {
  private static final Response NOTHING = new Response(null, null, List.of());

  private final TaskCell<V> task;
  private final int step;
  private final EntityTarget target;
  private final Runnable onAnswer;

  /**
   * The next step of the episode.
   *
   * @param onAnswer run when the answer comes, also when the task was cancelled
   */
  EntityCall(Episode episode, EntityTarget target, Runnable onAnswer) {
    this.step = episode.nextId();
    this.target = target;
    this.onAnswer = onAnswer;
    this.task = new TaskCell<>(episode, this);
  }

  TaskCell<V> task() {
    return task;
  }

  @Override
  public void answered(EventRaised answer) {
    onAnswer.run();
    if (task.isPending()) {
      end(answer.input());
    }
  }

  private void end(@Nullable Payload answer) {
    Response response;
    try {
      response =
          answer == null
              ? NOTHING
              : task.episode().payloads().once(answer, Response.class, EntityJson::response);
    } catch (DurableException e) {
      task.fail(FailureDetails.of("UnreadableAnswer", String.valueOf(e.getMessage()), true));
      return;
    }
    FailureDetails failure = response.failure();
    if (failure == null) {
      task.end(response.result());
    } else {
      task.fail(failure);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the result of a lock is nothing
  public V read(@Nullable Payload result) {
    return target.isLock()
        ? null
        : task.episode().payloads().resultOf(task, result, target.result());
  }

  @Override
  public @Nullable Throwable declared(FailureDetails failure) {
    return DeclaredFailure.rebuild(target.declared(), failure);
  }

  /** Which call it is. */
  @Override
  public String toString() {
    return target + " (step " + step + ")";
  }
}
