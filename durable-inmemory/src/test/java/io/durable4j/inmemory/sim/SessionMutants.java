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
  private static final String FILE = "io/durable4j/internal/dispatch/TurnRunner.java";

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
        return commit(box, ground, nothing, dropped);
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
                "/** What turns work with. */",
                """
                private final Map<InstanceId, Stored> sessions =
                    new java.util.concurrent.ConcurrentHashMap<>();
                """),
            before(
                "Stored stored = hub.instances().load(box.instance(), box.term().fence());"
                    + " meter.loaded(stored); return run(box, stored, arrivals, meter);",
                """
                Stored session = sessions.remove(box.instance());
                if (session != null) {
                  return run(box, session, arrivals, meter, true);
                }
                """,
                "return run(box, stored, arrivals, meter);",
                "return run(box, stored, arrivals, meter, false);"),
            new Edit(
                FILE,
                "private TurnEnd run(Mailbox box, Stored stored, List<Arrival> arrivals, TurnMeter meter)"
                    + " {",
                "private TurnEnd run("
                    + "Mailbox box, Stored stored, List<Arrival> arrivals, TurnMeter meter,"
                    + " boolean cached) {"),
            new Edit(FILE, "if (!gone.isEmpty()) {", "if (!gone.isEmpty()) {\n" + onDrop),
            before(
                "reserved.kept(c.claimed());",
                "sessions.put(box.instance(),"
                    + " goneOn(ground, plan, commit, c.now(), c.mayReturn()));"),
            before("observer.on(new EngineEvent.TurnStale(box.instance()));", onStale),
            before("if (!isThere(box, commit.id())) {", onThrown),
            before(
                "private TurnCommit commitOf(",
                """
                private static Stored goneOn(
                    TurnPlan.Ground ground,
                    TurnPlan plan,
                    TurnCommit commit,
                    io.durable4j.spi.Version version,
                    java.util.Set<MessageId> mayReturn) {
                  List<io.durable4j.history.HistoryEvent> history = new ArrayList<>(ground.stored().history());
                  history.addAll(plan.history().events());
                  return new Stored(
                      plan.next(), List.copyOf(history), version, commit.id(), mayReturn);
                }
                """)));
  }

  private static Edit before(String place, String addition) {
    return new Edit(FILE, place, addition + "\n" + place);
  }

  private static Edit before(String place, String addition, String part, String instead) {
    return new Edit(FILE, place, addition + "\n" + place.replace(part, instead));
  }
}
