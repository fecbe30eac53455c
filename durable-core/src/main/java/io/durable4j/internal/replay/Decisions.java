package io.durable4j.internal.replay;

import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.internal.replay.EpisodeResult.End;
import io.durable4j.internal.replay.EpisodeResult.StatusChange;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an episode has decided so far. Most decide little, and many wait for long. */
final class Decisions {
  private List<HistoryEvent> actions = List.of();
  private Set<MessageId> withdrawn = Set.of();
  private List<String> warnings = List.of();
  private @Nullable StatusChange status;

  void act(HistoryEvent action) {
    if (actions.isEmpty()) {
      actions = List.of(action);
      return;
    }
    if (actions.size() == 1) {
      actions = new ArrayList<>(actions);
    }
    actions.add(action);
  }

  void withdraw(MessageId message) {
    if (withdrawn.isEmpty()) {
      withdrawn = new LinkedHashSet<>();
    }
    withdrawn.add(message);
  }

  void warn(String warning) {
    if (warnings.isEmpty()) {
      warnings = new ArrayList<>();
    }
    warnings.add(warning);
  }

  void status(StatusChange change) {
    status = change;
  }

  /** All of it, for the turn that ends now. */
  EpisodeResult result(End end, EventWaits events) {
    boolean blocked = end instanceof Blocked;
    return new EpisodeResult(
        end,
        blocked ? List.of() : actions,
        blocked ? Set.of() : withdrawn,
        end instanceof Waiting ? events.awaited() : List.of(),
        blocked ? null : status,
        warnings);
  }

  /** Another turn begins; the custom status stays what it is. */
  void clear() {
    actions = List.of();
    withdrawn = Set.of();
    warnings = List.of();
  }
}
