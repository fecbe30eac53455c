package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;
import java.util.List;

/** Faults of the engine that simulations found: each as it was, in place of its cure. */
final class FoundFaults {
  private static final String PUMP = "io/durable4j/internal/partition/ControlQueuePump.java";
  private static final String TURN = "io/durable4j/internal/dispatch/TurnRunner.java";
  private static final String INBOX = "io/durable4j/internal/inbox/InboxRules.java";

  private FoundFaults() {}

  /**
   * All of them.
   *
   * @return in the order in which they were found
   */
  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "a pump looks without a pause while its ownership is over",
            new Edit(
                PUMP,
                "boolean mayRead = drive.nanos() < readUntilNanos;",
                "boolean mayRead = true;")),
        Mutant.of(
            "a renewal gives a lost delivery the receipt of a later one",
            new Edit(
                "io/durable4j/internal/mailbox/Held.java",
                "renewed == null || renewed.attempt() != delivery.attempt()",
                "renewed == null")),
        Mutant.of(
            "a pump reads by a clock from before its renewals",
            new Edit(PUMP, "receive(); }", "receive(now); }"),
            new Edit(
                PUMP,
                """
                private void receive() {
                // a fresh look at the clock: what came before may have taken longer than the
                ownership lasts
                long now = drive.nanos();
                """
                    .replace("than the\nownership", "than the ownership"),
                "private void receive(long now) {")),
        Mutant.of(
            "a wake-up has the id of the one that its turn consumes",
            new Edit(
                "io/durable4j/internal/dispatch/TurnPlan.java",
                "ground.stored().history().size(), consumed);",
                "ground.stored().history().size());")),
        Mutant.of(
            "a result that was made here and comes early is dropped",
            new Edit(
                TURN,
                "defer(a, d.delay());",
                "if (a.local()) { dropped.add(a); } else { defer(a, d.delay()); }")),
        Mutant.of(
            "a start that a live instance refuses is dropped while its creation goes on",
            new Edit(
                INBOX,
                "return mayBeEarly(m) && !known.contains(m.id())",
                "return state.status().isTerminal() && mayBeEarly(m) && !known.contains(m.id())")),
        Mutant.of(
            "a partition that no pump reads is drained for ever",
            new Edit(
                "io/durable4j/internal/partition/PartitionBalancer.java",
                "return pump == null || pump.isEnded();",
                "return pump != null && pump.isEnded();")));
  }
}
