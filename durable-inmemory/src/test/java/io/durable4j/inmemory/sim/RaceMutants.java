package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;
import java.util.List;

/** A fault for each race, in the order of {@link RaceRun#races}. */
final class RaceMutants {
  private static final String INTERNAL = "io/durable4j/internal/";

  private RaceMutants() {}

  /**
   * A fault and what shows it.
   *
   * @param mutant the fault
   * @param flaw how the flaw begins that the race finds
   */
  record Caught(Mutant mutant, String flaw) {}

  static List<Caught> all() {
    return List.of(
        new Caught(endAFinishedInstance(), "result-changed"),
        new Caught(loseEventsThatGoOver(), "continue-events"),
        new Caught(purgeWhateverIsThere(), "history-forks"),
        new Caught(scheduleWhileSuspended(), "nothing is scheduled while it is suspended"),
        new Caught(askAgainUnderTheFormerId(), "settles-wrong-call"),
        new Caught(StorageMutants.letADuplicateStartReplaceALiveInstance(), "history-forks"),
        new Caught(keepATerminationFromTheParent(), "result-lost"));
  }

  /** A request to end that comes after the end is carried out all the same. */
  private static Mutant endAFinishedInstance() {
    return Mutant.of(
        "end a finished instance",
        new Edit(
            INTERNAL + "inbox/InboxRules.java",
            "return body instanceof ExecutionTerminated t && t.recursive() && index.hasChildren()",
            "return body instanceof ExecutionTerminated"),
        new Edit(
            INTERNAL + "dispatch/TurnRunner.java",
            "terminated != null && state.status().isTerminal()",
            "terminated != null && terminated.recursive() && state.status().isTerminal()"));
  }

  /** What a generation has not read is gone with it. */
  private static Mutant loseEventsThatGoOver() {
    return Mutant.of(
        "lose events that go over",
        new Edit(
            INTERNAL + "dispatch/Continuation.java",
            "carried.forEach(e -> events.add(e.at(clock)));",
            ""));
  }

  /** The execution that was looked at is not compared with the one that is there. */
  private static Mutant purgeWhateverIsThere() {
    return Mutant.of(
        "purge whatever is there",
        new Edit(
            "io/durable4j/inmemory/HubInstances.java",
            """
            row == null
                || !row.execution().equals(seen.execution().value())
                || !(row.status().isTerminal()
                    || (seen.id().isEntity() && row.state().isRemovable()))
            """,
            "row == null"));
  }

  /** The code runs, and what it asks for goes out. */
  private static Mutant scheduleWhileSuspended() {
    return Mutant.of(
        "schedule while suspended",
        new Edit(
            INTERNAL + "dispatch/TurnRunner.java",
            "ground.isSuspended() || !ground.isStarted()",
            "!ground.isStarted()"));
  }

  /** A result of before the rewind cannot be told from one of after it. */
  private static Mutant askAgainUnderTheFormerId() {
    return Mutant.of(
        "ask again under the former id",
        new Edit(
            INTERNAL + "dispatch/Rewind.java",
            "MessageId id = MessageId.derived(\"rewound\", former, e.eventId(), cause);",
            "MessageId id = java.util.Objects.requireNonNullElse(former, cause);"));
  }

  /** A child that was terminated is waited for in vain. */
  private static Mutant keepATerminationFromTheParent() {
    return Mutant.of(
        "keep a termination from the parent",
        new Edit(
            INTERNAL + "dispatch/OtherInstances.java",
            "goesOn || !end.status().isTerminal()",
            "goesOn || end.status() == OrchestrationStatus.TERMINATED"));
  }
}
