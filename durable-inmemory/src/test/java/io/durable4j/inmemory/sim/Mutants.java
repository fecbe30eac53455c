package io.durable4j.inmemory.sim;

import java.util.List;
import java.util.stream.Stream;

/** The faults that the simulator has to find. */
final class Mutants {
  private Mutants() {}

  /**
   * All of them.
   *
   * @return the mutants, in the order of their table
   */
  static List<Mutant> all() {
    return Stream.concat(engine().stream(), EntityMutants.all().stream()).toList();
  }

  private static List<Mutant> engine() {
    return List.of(
        WorkerMutants.skipTheOwnershipCheck(),
        WorkerMutants.deleteADeliveryBeforeTheCommit(),
        StorageMutants.dropTheFence(),
        SessionMutants.dropOnACachedSession(),
        StorageMutants.answerStaleWithoutVerifying(),
        InboxMutants.acceptAResultOfAnotherExecution(),
        InboxMutants.settleACallWithAGhost(),
        WorkerMutants.noLeaseRenewal(),
        WorkerMutants.readPastThePartitionsExpiry(),
        StorageMutants.handAClaimOutTwice(),
        WorkerMutants.releaseAFinishedActivity(),
        InboxMutants.fireATimerEarly(),
        ReplayMutants.loseBufferedEvents(),
        StorageMutants.letADuplicateStartReplaceALiveInstance(),
        ReplayMutants.countARetryTwice(),
        SessionMutants.keepASessionAfterStale(),
        SessionMutants.keepASessionAfterAThrownCommit(),
        ReplayMutants.forgetTheWakeUp(),
        ReplayMutants.deliverAnEventToACancelledWaiter(),
        InboxMutants.deliverAnEventTwice());
  }
}
