package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;

/** Faults of the storage. */
final class StorageMutants {
  private static final String BACKEND = "io/durable4j/inmemory/";

  private StorageMutants() {}

  /** Whoever once owned a partition may still load, receive and commit. */
  static Mutant dropTheFence() {
    return Mutant.of(
        "drop the fence",
        new Edit(
            BACKEND + "PartitionRows.java",
            "fence.owner().equals(row.owner()) && fence.epoch() == row.epoch()",
            "row.epoch() >= fence.epoch()"));
  }

  /** That a consumed delivery is gone is seen when history and state are already written. */
  static Mutant answerStaleWithoutVerifying() {
    String gone =
        """
        for (int i = 0; i < consumed.size(); i++) {
          if (tx.held(consumed.get(i)) == null) {
            return new Stale();
          }
        }
        """;
    String put =
        """
        long version =
            put(tx, c.next(), state, c.history() instanceof Append, events, c.id().value());
        """;
    return Mutant.of(
        "answer Stale without verifying",
        new Edit(BACKEND + "HubInstances.java", gone + put, put + gone));
  }

  /** The claimed message is visible to everybody else, too. */
  static Mutant handAClaimOutTwice() {
    return Mutant.of(
        "hand a claim out twice",
        new Edit(
            BACKEND + "Transaction.java", "Instant until = later(lease);", "Instant until = now;"));
  }

  /** The policy is asked about finished instances only. */
  static Mutant letADuplicateStartReplaceALiveInstance() {
    return Mutant.of(
        "let a duplicate start replace a live instance",
        new Edit(
            BACKEND + "HubInstances.java",
            "row != null && !policy.replaceable().contains(row.status())",
            """
            row != null && row.status().isTerminal()
                && !policy.replaceable().contains(row.status())
            """));
  }
}
