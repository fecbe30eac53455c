package io.durable4j.internal.replay;

import io.durable4j.orchestration.OrchestratorRuleException;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks find their episode. Tasks of recorded calls serve all warm episodes of an execution,
 * one after the other, so that they know their stage and not who is on it.
 */
final class Stage {
  private @Nullable Episode episode;

  void enter(Episode next) {
    episode = next;
  }

  /** Nothing runs here until the next one enters. */
  void leave() {
    episode = null;
  }

  Episode episode() {
    Episode now = episode;
    if (now == null) {
      throw new OrchestratorRuleException(
          "A task was used while its orchestrator did not run; only the orchestrator may use its"
              + " tasks, and only until it returns");
    }
    return now;
  }
}
