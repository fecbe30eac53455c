package io.durable4j.inmemory.sim;

import io.durable4j.fixtures.sim.Outcome;
import io.durable4j.fixtures.sim.Plan.ClientPlan;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Two things that happen to one instance at about the same time. */
interface Race {
  /** The instance that it is about. */
  String ID = "i0";

  /** Its name in the documentation. */
  String title();

  /** Who races. */
  List<ClientPlan> clients(SplittableRandom random);

  /**
   * Which order it was.
   *
   * @param o what came of it; no invariant was broken
   * @param atomic whether commits were
   * @return the order in words
   * @throws Mixture when it was none of those that are allowed
   */
  String order(Outcome o, boolean atomic);

  /** The orders that must be seen on each profile; there may be others. */
  Set<String> orders();

  /** What must not come of a race. */
  final class Mixture extends RuntimeException {
    private static final long serialVersionUID = 1;

    Mixture(String message) {
      super(message);
    }

    static void unless(boolean holds, String rule, @Nullable Object... facts) {
      if (!holds) {
        throw new Mixture(rule + ": " + java.util.Arrays.toString(facts));
      }
    }
  }
}
