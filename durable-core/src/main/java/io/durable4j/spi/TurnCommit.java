package io.durable4j.spi;

import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The whole effect of a turn.
 *
 * @param id the core's name for it
 * @param fence the ownership under which the turn ran
 * @param basedOn the version that the turn saw
 * @param history what happens to the history
 * @param next the state after the turn
 * @param outbound messages to send, in order
 * @param claimLease how long claimed messages are held
 * @param consumed deliveries that the turn consumed or drops, activity messages of results among
 *     them
 * @param retract messages that nobody needs any more; a hint: dropped where they are still waiting
 */
public record TurnCommit(
    CommitId id,
    Fence fence,
    Version basedOn,
    HistoryChange history,
    InstanceState next,
    List<Outbound> outbound,
    Duration claimLease,
    List<Delivery> consumed,
    Set<MessageId> retract) {
  /** Copies the collections. */
  public TurnCommit {
    outbound = List.copyOf(outbound);
    consumed = List.copyOf(consumed);
    retract = Set.copyOf(retract);
  }
}
