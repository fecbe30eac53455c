package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;
import java.util.List;

/** Faults in what entities do, and in how they are locked. */
final class EntityMutants {
  private static final String BATCH = "io/durable4j/internal/entity/EntityBatch.java";
  private static final String QUEUE = "io/durable4j/internal/entity/EntityQueue.java";
  private static final String COMMITS = "io/durable4j/internal/dispatch/TurnCommits.java";
  private static final String SESSION = "io/durable4j/internal/session/Session.java";

  private EntityMutants() {}

  /**
   * All of them.
   *
   * @return the mutants, in the order of their table
   */
  static List<Mutant> all() {
    return List.of(
        letADuplicatePass(),
        keepTheEffectsOfAFailedOperation(),
        countAReleaseOfAnotherLock(),
        releaseNothingAtTheEnd(),
        keepAGrantThatReachesNobody(),
        keepAStateThatWasNotCommitted(),
        grantALockThatAnotherHolds(),
        runOperationsOfOthersUnderALock(),
        goOnWithoutLocksAfterARewind(),
        forgetTheQueue());
  }

  /** What came before is taken once more. */
  static Mutant letADuplicatePass() {
    return Mutant.of(
        "let a duplicate operation pass",
        new Edit(
            "io/durable4j/internal/entity/EntityQueue.java",
            "holders : queue).add(r), repeat);",
            "holders : queue).add(r), false);"),
        new Edit(
            "io/durable4j/internal/entity/Sorter.java",
            "if (!timestamp.isAfter(last)) { return; } if (waits",
            "if (!timestamp.isAfter(last)) { deliver.accept(request); return; } if (waits"));
  }

  /** The state goes back, and what was sent is sent. */
  static Mutant keepTheEffectsOfAFailedOperation() {
    return Mutant.of(
        "keep the effects of a failed operation",
        new Edit(BATCH, "state.restore();", "state.restore(); out.addAll(context.out());"));
  }

  /** Whoever held the lock before, or never did, ends that of the one who holds it now. */
  static Mutant countAReleaseOfAnotherLock() {
    return Mutant.of(
        "count a release of another lock",
        new Edit(
            QUEUE,
            "if (release.holder().equals(lockedBy) && counts) {",
            "if (lockedBy != null) {"));
  }

  /** A holder that ends inside of its section leaves its locks behind. */
  static Mutant releaseNothingAtTheEnd() {
    return Mutant.of(
        "release no lock of an ended holder",
        new Edit(
            "io/durable4j/internal/dispatch/OtherInstances.java",
            "former.sections().with(events).held()",
            "OpenSections.NONE.held()"));
  }

  /** A lock is granted to one who has ended, and stays granted. */
  static Mutant keepAGrantThatReachesNobody() {
    return Mutant.of(
        "keep a grant that reaches nobody",
        new Edit(
            "io/durable4j/internal/dispatch/Sorting.java",
            "hub.messages().send(releases, lease);",
            ""));
  }

  /** The session goes on from a batch that storage does not have. */
  static Mutant keepAStateThatWasNotCommitted() {
    String stale = "observer.on(new EngineEvent.TurnStale(box.instance()));";
    String thrown = "if (!isThere(box, commit.id())) {";
    String keep = "if (session != null && box.instance().isEntity()) { sessions.put(session); }\n";
    return Mutant.of(
        "keep a state that was not committed",
        new Edit(SESSION, "entityToBe = next;", "entityToBe = next; entity = next;"),
        new Edit(SESSION, "return !inDoubt && state != null", "return state != null"),
        new Edit(COMMITS, stale, keep + stale),
        new Edit(COMMITS, thrown, keep + thrown));
  }

  /** A lock need not wait for the one who has it. */
  static Mutant grantALockThatAnotherHolds() {
    return Mutant.of(
        "grant a lock that another holds",
        new Edit(
            QUEUE,
            "lockedBy == null || isHolders(first)",
            "lockedBy == null || isHolders(first) || first.lock() != null"));
  }

  /** A lock keeps nobody out but those who ask for it. */
  static Mutant runOperationsOfOthersUnderALock() {
    return Mutant.of(
        "run operations of others under a lock",
        new Edit(
            QUEUE,
            "lockedBy == null || isHolders(first)",
            "lockedBy == null || isHolders(first) || first.lock() == null"));
  }

  /** The code in the section runs while its locks are on their way. */
  static Mutant goOnWithoutLocksAfterARewind() {
    return Mutant.of(
        "go on without locks after a rewind",
        new Edit(
            "io/durable4j/internal/dispatch/TurnRunner.java",
            "LocksAgain.isAwaited(ground) ? TurnPlan",
            "LocksAgain.isAwaited(ground) && ground == null ? TurnPlan"));
  }

  /** What a batch leaves for the next one is gone. */
  static Mutant forgetTheQueue() {
    return Mutant.of(
        "forget what waits for the next batch",
        new Edit(
            QUEUE, "new Scheduler(state, List.copyOf(queue),", "new Scheduler(state, List.of(),"));
  }
}
