package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;

/** Faults in judging messages. */
final class InboxMutants {
  private static final String RULES = "io/durable4j/internal/inbox/InboxRules.java";

  private InboxMutants() {}

  /** The number of the step is all that is compared, of a result for a former execution. */
  static Mutant acceptAResultOfAnotherExecution() {
    return Mutant.of(
        "accept a result of another execution",
        new Edit(
            RULES,
            "if (state.execution().continues(execution)) {",
            """
            HistoryEvent call = open(InboxIndex.answered(m.event().body()));
            if (!state.status().isTerminal()
                && InboxIndex.answers(m.event().body()) != null
                && call != null
                && call.body() instanceof TaskScheduled) {
              return new Verdict.Accept();
            }
            if (state.execution().continues(execution)) {
            """));
  }

  /** What an uncommitted turn asked for is taken for what the committed one asked for. */
  static Mutant settleACallWithAGhost() {
    return Mutant.of(
        "settle a call with a ghost",
        new Edit(
            RULES,
            "|| (request != null && action.message() != null"
                + " && !request.equals(action.message()))",
            ""),
        new Edit(
            RULES,
            "!(action.body() instanceof TimerCreated c) || !c.fireAt().equals(t.fireAt())",
            "!(action.body() instanceof TimerCreated)"));
  }

  /** The message comes a second before its time, and nobody looks at the clock. */
  static Mutant fireATimerEarly() {
    return Mutant.of(
        "fire a timer early",
        new Edit(
            RULES, "return Verdict.notBefore(t.fireAt(), now);", "return new Verdict.Accept();"),
        new Edit(
            "io/durable4j/internal/dispatch/TurnPlan.java",
            "ground.controlQueue(), t.fireAt(), false",
            "ground.controlQueue(), t.fireAt().minusSeconds(1), false"));
  }

  /** A repeated delivery of an event is an event. */
  static Mutant deliverAnEventTwice() {
    return Mutant.of(
        "deliver an event twice",
        new Edit(
            RULES,
            "if (knows(m.id())) {",
            "if (knows(m.id()) && !(m.event().body() instanceof EventRaised)) {"));
  }
}
