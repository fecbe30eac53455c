package io.durable4j.spi;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import java.util.List;
import java.util.Set;

/** How a commit ended. */
public sealed interface CommitOutcome {
  /**
   * It is durable as a whole.
   *
   * @param now the new version
   * @param claimed the deliveries of the messages that asked for a claim and got it
   * @param mayReturn consumed messages whose deletion is not confirmed
   */
  record Committed(Version now, List<Delivery> claimed, Set<MessageId> mayReturn)
      implements CommitOutcome {}

  /**
   * It had no effect and never will: verified. The version moved on, the fence is a former owner's,
   * or (atomic stores) a consumed delivery is gone. On stores that are not {@link
   * Capabilities#atomic()} its messages may be out, and nothing else.
   */
  record Stale() implements CommitOutcome {}

  /**
   * It had no effect, and repeating it would be refused again.
   *
   * @param why for example that something is too large
   */
  record Refused(FailureDetails why) implements CommitOutcome {}
}
