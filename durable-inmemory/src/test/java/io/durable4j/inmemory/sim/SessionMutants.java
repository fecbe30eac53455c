package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;
import java.util.List;

/**
 * Faults of a session cache. Turns of the engine load what they need; these engines keep it from
 * turn to turn. A turn takes the session out, is planned on it, and puts it back, gone on by its
 * commit, when that was committed. Messages are dropped on the strength of a session only by a
 * commit, which storage checks against the version that the session is based on.
 */
final class SessionMutants {
  private static final String RUNNER = "io/durable4j/internal/dispatch/TurnRunner.java";
  private static final String COMMITS = "io/durable4j/internal/dispatch/TurnCommits.java";

  private static final String DROP_BY_COMMIT =
      """
      if (cached && state != null) {
        TurnPlan nothing =
            new TurnPlan(
                new io.durable4j.spi.HistoryChange.Append(List.of()),
                state,
                List.of(),
                java.util.Set.of());
        TurnPlan.Ground ground =
            new TurnPlan.Ground(stored, terms.queueOf(box.instance()), List.of(), drive.now());
        return commits.commit(box, ground, nothing, dropped);
      }
      """;
  private static final String KEEP =
      "sessions.put(box.instance(), goneOn(ground, plan, commit, ground.stored().version(),"
          + " ground.stored().mayReturn()));";

  private SessionMutants() {}

  /** A good cache. */
  static Mutant control() {
    return cache("a session cache without a fault", DROP_BY_COMMIT, "", "");
  }

  /** What the session does not know is deleted, though storage may have gone on without it. */
  static Mutant dropOnACachedSession() {
    return cache("drop on a cached session", "", "", "");
  }

  /** The session holds what storage does not, or is behind it for ever. */
  static Mutant keepASessionAfterStale() {
    return cache("keep a session after Stale", DROP_BY_COMMIT, KEEP, "");
  }

  /** The session holds what storage may not. */
  static Mutant keepASessionAfterAThrownCommit() {
    return cache("keep it after a thrown commit", DROP_BY_COMMIT, "", KEEP);
  }

  private static Mutant cache(String name, String onDrop, String onStale, String onThrown) {
    return new Mutant(
        name,
        List.of(
            before(
                COMMITS,
                "TurnCommits(",
                """
                final java.util.Map<io.durable4j.history.InstanceId, Stored> sessions =
                    new java.util.concurrent.ConcurrentHashMap<>();
                """),
            new Edit(
                RUNNER,
                "Stored stored = hub.instances().load(box.instance(), box.term().fence());"
                    + " meter.loaded(stored); return run(box, stored, arrivals, meter);",
                """
                Stored session = commits.sessions.remove(box.instance());
                if (session != null) {
                  return run(box, session, arrivals, meter, true);
                }
                Stored stored = hub.instances().load(box.instance(), box.term().fence());
                meter.loaded(stored);
                return run(box, stored, arrivals, meter, false);
                """),
            new Edit(
                RUNNER,
                "private TurnEnd run("
                    + "Mailbox box, Stored loaded, List<Arrival> arrivals, TurnMeter meter) {",
                "private TurnEnd run(Mailbox box, Stored loaded, List<Arrival> arrivals,"
                    + " TurnMeter meter, boolean cached) {"),
            new Edit(RUNNER, "if (!gone.isEmpty()) {", "if (!gone.isEmpty()) {\n" + onDrop),
            before(
                COMMITS,
                "reserved.kept(c.claimed());",
                "sessions.put(box.instance(),"
                    + " goneOn(ground, plan, commit, c.now(), c.mayReturn()));"),
            before(COMMITS, "observer.on(new EngineEvent.TurnStale(box.instance()));", onStale),
            before(COMMITS, "if (!isThere(box, commit.id())) {", onThrown),
            before(
                COMMITS,
                "private TurnCommit commitOf(",
                """
                private static Stored goneOn(
                    TurnPlan.Ground ground,
                    TurnPlan plan,
                    TurnCommit commit,
                    io.durable4j.spi.Version version,
                    java.util.Set<io.durable4j.history.MessageId> mayReturn) {
                  List<io.durable4j.history.HistoryEvent> history = new ArrayList<>();
                  if (plan.history() instanceof io.durable4j.spi.HistoryChange.Append) {
                    history.addAll(ground.stored().history());
                  }
                  history.addAll(plan.history().events());
                  return new Stored(
                      plan.next(), List.copyOf(history), version, commit.id(), mayReturn);
                }
                """)));
  }

  private static Edit before(String file, String place, String addition) {
    return new Edit(file, place, addition + "\n" + place);
  }
}
