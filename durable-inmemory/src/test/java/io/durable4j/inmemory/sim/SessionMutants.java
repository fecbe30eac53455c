package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;

/** Faults of sessions: of what is done on their strength, and of when they are let go. */
final class SessionMutants {
  private static final String SORTING = "io/durable4j/internal/dispatch/Sorting.java";
  private static final String COMMITS = "io/durable4j/internal/dispatch/TurnCommits.java";
  private static final String SESSION = "io/durable4j/internal/session/Session.java";

  private static final Edit NEVER_IN_DOUBT =
      new Edit(SESSION, "return !inDoubt && state != null", "return state != null");

  private SessionMutants() {}

  /**
   * What the session does not know is deleted, though storage may have gone on without it: an ended
   * instance was created anew. (One that lives is changed only by the owner of its partition.)
   */
  static Mutant dropOnACachedSession() {
    return Mutant.of(
        "drop on a cached session",
        new Edit(SORTING, "&& !others.isEmpty() && session.isKept()", "&& instance == null"),
        new Edit(SESSION, "&& !state.status().isTerminal()", ""));
  }

  /** The session holds what storage does not, or is behind it for ever. */
  static Mutant keepASessionAfterStale() {
    return Mutant.of(
        "keep a session after Stale",
        before(COMMITS, "observer.on(new EngineEvent.TurnStale(box.instance()));"),
        NEVER_IN_DOUBT);
  }

  /** The session holds what storage may not. */
  static Mutant keepASessionAfterAThrownCommit() {
    return Mutant.of(
        "keep it after a thrown commit",
        before(COMMITS, "if (!isThere(box, commit.id())) {"),
        NEVER_IN_DOUBT);
  }

  private static Edit before(String file, String place) {
    return new Edit(file, place, "if (session != null) { sessions.put(session); }\n" + place);
  }
}
