package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;

/** Faults in running an orchestrator and in writing down what it decided. */
final class ReplayMutants {
  private static final String EVENTS = "io/durable4j/internal/replay/EventWaits.java";

  private ReplayMutants() {}

  /** An event that comes before anybody waits for it is forgotten. */
  static Mutant loseBufferedEvents() {
    return Mutant.of(
        "lose buffered events",
        new Edit(
            EVENTS, "early = add(early, key, new Early(came++, recorded, event));", "came++;"));
  }

  /** A call with a retry policy gives up too early. */
  static Mutant countARetryTwice() {
    return Mutant.of(
        "count a retry twice",
        new Edit(
            "io/durable4j/internal/replay/RetriedCall.java",
            "Duration delay = policy.delayAfter(attempt++);",
            "Duration delay = policy.delayAfter(attempt++); attempt++;"));
  }

  /** A turn that ends so that its step becomes durable has no successor. */
  static Mutant forgetTheWakeUp() {
    return Mutant.of(
        "forget the wake-up",
        new Edit(
            "io/durable4j/internal/dispatch/TurnPlan.java", "outbound.add(wakeUp(ground));", ""));
  }

  /** The next event goes to nobody. */
  static Mutant deliverAnEventToACancelledWaiter() {
    return Mutant.of(
        "deliver an event to a cancelled waiter",
        new Edit(EVENTS, "same.removeIf(w -> w.cell == cell) &&", ""));
  }
}
