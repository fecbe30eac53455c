package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;

/** Faults of those who hold partitions, messages and activities. */
final class WorkerMutants {
  private static final String DISPATCH = "io/durable4j/internal/dispatch/";
  private static final String PARTITION = "io/durable4j/internal/partition/";

  private WorkerMutants() {}

  /** The pump of a lost row goes on, and stays the pump when the row comes back. */
  static Mutant skipTheOwnershipCheck() {
    return Mutant.of(
        "skip the ownership check",
        new Edit(
            PARTITION + "PartitionBalancer.java",
            "!(me.equals(row.owner()) && row.epoch() == pump.term().fence().epoch())",
            "row.owner() == null"));
  }

  /** A commit without effect, or a crash before it, loses what was deleted. */
  static Mutant deleteADeliveryBeforeTheCommit() {
    return Mutant.of(
        "delete a delivery before the commit",
        new Edit(
            DISPATCH + "TurnCommits.java",
            "commitOf(box, ground, plan, consumed, reserved);",
            "commitOf(box, ground, plan, List.of(), reserved);"),
        new Edit(
            DISPATCH + "TurnCommits.java",
            "CommitOutcome outcome = hub.instances().commit(commit); observer.on(TurnMeter",
            """
            hub.messages().delete(deliveries(consumed));
            CommitOutcome outcome = hub.instances().commit(commit);
            observer.on(TurnMeter"""));
  }

  /** An activity that runs longer than a lease is received again while it runs. */
  static Mutant noLeaseRenewal() {
    return Mutant.of(
        "no lease renewal",
        new Edit(DISPATCH + "ActivityWatch.java", "due.add(run);", ""),
        new Edit(PARTITION + "ControlQueuePump.java", "due.add(a);", ""));
  }

  /** A pump that slept through its ownership reads before anybody tells it. */
  static Mutant readPastThePartitionsExpiry() {
    return Mutant.of(
        "read past the partition's expiry",
        new Edit(
            PARTITION + "ControlQueuePump.java",
            "|| stopped || now >= readUntilNanos",
            "|| stopped"));
  }

  /** Its result is thrown away, and it runs again, where its caller belongs to another worker. */
  static Mutant releaseAFinishedActivity() {
    return Mutant.of(
        "release a finished activity",
        new Edit(
            DISPATCH + "Results.java",
            "respond(arrival); return null;",
            "giveBack(activity, Duration.ZERO); return null;"),
        new Edit(
            DISPATCH + "Results.java",
            "import java.util.List;",
            "import java.util.List; import java.time.Duration;"));
  }
}
