package io.durable4j.inmemory.sim;

import io.durable4j.inmemory.sim.Mutant.Edit;
import java.util.List;

/** Faults of the engine that simulations found: each as it was, in place of its cure. */
final class FoundFaults {
  private static final String PARTITION = "io/durable4j/internal/partition/";
  private static final String DISPATCH = "io/durable4j/internal/dispatch/";
  private static final String INBOX = "io/durable4j/internal/inbox/InboxRules.java";

  private FoundFaults() {}

  /**
   * Those that the seeds of a build find again.
   *
   * @return in the order in which they were found
   */
  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "a pump looks without a pause while its ownership is over",
            new Edit(
                PARTITION + "ControlQueuePump.java",
                "boolean mayRead = drive.nanos() < readUntilNanos;",
                "boolean mayRead = true;")),
        Mutant.of(
            "a pump reads by a clock from before its renewals",
            new Edit(
                PARTITION + "ControlQueuePump.java",
                "gathering.goOn(receive(),",
                "gathering.goOn(receive(now),"),
            new Edit(
                PARTITION + "ControlQueuePump.java",
                "private boolean receive() {",
                "private boolean receive(long now) {"),
            new Edit(
                PARTITION + "ControlQueuePump.java",
                "long now = drive.nanos(); if (lookAgain)",
                "if (lookAgain)")),
        Mutant.of(
            "a late message of a former execution begins the order anew",
            new Edit(
                "io/durable4j/internal/entity/Sorter.java",
                "boolean late = sender.isBeyond(from.execution(), timestamp);",
                "boolean late = false;"),
            new Edit(
                "io/durable4j/internal/entity/Sorter.java",
                "since = isSure ? Instant.MIN : newest();",
                "since = Instant.MIN;")),
        Mutant.of(
            "a turn that takes locks again asks under the ids of its first attempt",
            new Edit(
                DISPATCH + "LocksAgain.java",
                "new MessageId(newId.get());",
                "MessageId.derived(\"lock again\", section.id(),"
                    + " ground.accepted().get(0).message().id());")),
        Mutant.of(
            "a late lock of a former execution takes the place of the one that is held",
            new Edit(
                "io/durable4j/internal/entity/EntityQueue.java",
                "isFrom(r, lockedBy) && !isForAnotherLock(r);",
                "isFrom(r, lockedBy);")));
  }

  /**
   * Those that one seed in a hundred thousand finds; each has a plan in {@link KnownPlans}.
   *
   * @return by the number of the plan
   */
  static List<Mutant> rare() {
    return List.of(
        Mutant.of(
            "a start that a live instance refuses is dropped while its creation goes on",
            new Edit(
                INBOX,
                "return (mayBeEarly(m) || (attempt",
                "return ((state.status().isTerminal() && mayBeEarly(m)) || (attempt")),
        Mutant.of(
            "a partition that no pump reads is drained for ever",
            new Edit(
                PARTITION + "PartitionBalancer.java",
                "return pump == null || pump.isEnded();",
                "return pump != null && pump.isEnded();")),
        Mutant.of(
            "a further attempt refuses another parent's start before it has begun",
            new Edit(
                DISPATCH + "TurnRunner.java",
                "sorting.sort(session, born, box.instance(), arrivals, now)",
                "sorting.sort(session, false, box.instance(), arrivals, now)")),
        Mutant.of(
            "a refusal has the id of a former answer",
            new Edit(
                DISPATCH + "OtherInstances.java",
                "return send(self, to, start.answer(), body, clock);",
                "return send(self, to, answerId(there, parent), body, clock);")),
        Mutant.of(
            "a repeat is dropped with a refusal before what it repeats is recorded",
            new Edit(
                DISPATCH + "TurnRunner.java",
                "commits.commit(turn, ground, plan, sorted.refused());",
                "commits.commit(turn, ground, plan, java.util.stream.Stream"
                    + ".of(sorted.refused(), sorted.dropped()).flatMap(List::stream).toList());"),
            new Edit(DISPATCH + "TurnRunner.java", "again.addAll(sorted.dropped());", "")),
        Mutant.of(
            "a result is dropped before the turn that asked for it has created its instance",
            new Edit(
                INBOX,
                "mayBeEarly(m) || mayAnswerABirth(m) || mayOvertake",
                "mayBeEarly(m) || mayOvertake")),
        Mutant.of(
            "a suspension that changes nothing is forgotten",
            new Edit(
                INBOX,
                "if (InboxIndex.answered(body) >= 0) { return judgeAnswer(m, body); }",
                "if (InboxIndex.answered(body) >= 0) { return judgeAnswer(m, body); }"
                    + " if (body instanceof EventBody.ExecutionSuspended"
                    + " && state.status() == OrchestrationStatus.SUSPENDED) {"
                    + " return new Verdict.Drop(\"the instance is suspended already\"); }")),
        Mutant.of(
            "an activity that the end of its worker broke off has failed",
            new Edit(
                DISPATCH + "ActivityRunner.java",
                "return run.isBrokenOff() && result instanceof TaskFailed;",
                "return false;")),
        Mutant.of(
            "an entity's answer is recorded before the turn that asked for it, and not found then",
            new Edit(
                "io/durable4j/internal/replay/Entities.java",
                "EventRaised early = episode.events().take(request);",
                "EventRaised early = null;"),
            new Edit(
                INBOX,
                "!atomic && body instanceof EventRaised e && isUnasked(m, e)",
                "!atomic && body instanceof EventRaised e && isUnasked(m, e)"
                    + " && m.to().instance().isEntity()")));
  }
}
