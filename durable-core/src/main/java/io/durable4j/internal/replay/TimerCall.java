package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.HistoryEvent;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timer, in several hops where the backend cannot hide a message for so long. On replay the
 * recorded hops are taken, so that the limit may change.
 */
final class TimerCall implements Episode.Open, Origin<@Nullable Void> {
  private final Episode episode;
  private final Instant due;
  private final TaskCell<@Nullable Void> cell;
  private int hop = -1;
  private Instant hopEnd = Instant.MIN;

  TimerCall(Episode episode, Instant due) {
    this.episode = episode;
    this.due = due;
    this.cell = new TaskCell<>(episode, this);
  }

  Task<@Nullable Void> start() {
    next();
    return cell;
  }

  TaskCell<@Nullable Void> cell() {
    return cell;
  }

  private void next() {
    HistoryEvent known = episode.payloads().known();
    if (known != null && known.body() instanceof TimerCreated t) {
      hopEnd = t.fireAt();
      hop = episode.repeat(this);
    } else {
      nextChecked();
    }
  }

  private void nextChecked() {
    Duration longest = episode.input().rules().maxTimerDelay();
    Instant limit = longest == null ? due : episode.clock().plus(longest);
    hopEnd = due.isAfter(limit) ? limit : due;
    HistoryEvent recorded = episode.timeline().recorded(episode.nextId());
    if (recorded != null
        && recorded.body() instanceof TimerCreated t
        && (longest != null && t.fireAt().isBefore(due))) {
      hopEnd = t.fireAt();
    }
    hop = episode.act(new TimerCreated(hopEnd), List.of(), this);
    HistoryEvent known = episode.timeline().recorded(hop);
    if (known != null && known.body() instanceof TimerCreated t) {
      hopEnd = t.fireAt();
    }
  }

  @Override
  public void ok(@Nullable Payload result) {
    if (!cell.isPending()) {
      return;
    }
    if (hopEnd.isBefore(due) && !endedInHistory()) {
      next();
    } else {
      cell.end(null);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the only value of its type
  public @Nullable Void read(TaskCell<@Nullable Void> task, @Nullable Payload result) {
    return null;
  }

  @Override
  public void cancelled(TaskCell<@Nullable Void> task) {
    episode.withdraw(hop);
  }

  /** A due time that was changed since is only a soft difference: the timer ends when it ended. */
  private boolean endedInHistory() {
    if (episode.input().rules().strict() || !episode.timeline().isInRecordedEpisode()) {
      return false;
    }
    HistoryEvent recorded = episode.timeline().recorded(episode.nextId());
    return recorded == null || !(recorded.body() instanceof TimerCreated);
  }

  @Override
  public void failed(FailureDetails failure) {
    cell.fail(failure);
  }

  @Override
  public String label(TaskCell<@Nullable Void> task) {
    return "Timer due " + due;
  }
}
