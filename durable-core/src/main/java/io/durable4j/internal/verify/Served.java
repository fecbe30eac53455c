package io.durable4j.internal.verify;

import io.durable4j.history.RecordedHistory;
import java.util.List;

/** What was registered, without a host that runs it: each builder of a host. */
public interface Served {
  /**
   * Replays a history against the code that was registered for its orchestrator and version.
   *
   * @param history the history
   * @return how the code fits it
   */
  Verdict replay(RecordedHistory history);

  /**
   * The names that can be in histories.
   *
   * @return the names, in the order in which they were registered
   */
  List<ServedName> names();
}
