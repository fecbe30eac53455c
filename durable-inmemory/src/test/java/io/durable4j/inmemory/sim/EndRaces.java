package io.durable4j.inmemory.sim;

import static io.durable4j.inmemory.sim.Lives.start;

import io.durable4j.fixtures.sim.Act;
import io.durable4j.fixtures.sim.Outcome;
import io.durable4j.fixtures.sim.Plan.ClientPlan;
import io.durable4j.fixtures.sim.oracle.Seen;
import io.durable4j.fixtures.sim.oracle.Seen.What;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Races for the end of an instance. */
final class EndRaces {
  private EndRaces() {}

  /** Terminate against completion. */
  static final class TerminateOrComplete implements Race {
    @Override
    public String title() {
      return "terminate against completion";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      Act terminate = new Act.Terminate(random.nextInt(40));
      return List.of(
          new ClientPlan(ID, List.of(start(0, "a/20", false), new Act.Await(0))),
          new ClientPlan(ID, List.of(terminate)));
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      Lives.checkOneByOne(o, ID);
      List<InstanceState> ends = o.ends(ID);
      Mixture.unless(ends.size() == 1, "it ends once", ends);
      InstanceState end = ends.get(0);
      boolean completed = Lives.ended(end, OrchestrationStatus.COMPLETED, "1");
      boolean terminated = Lives.ended(end, OrchestrationStatus.TERMINATED, "enough");
      Mixture.unless(completed || terminated, "it ends in one way", end);
      Mixture.unless(
          Lives.count(o, ID, ExecutionCompleted.class) == 1
              && Lives.count(o, ID, ExecutionTerminated.class) == (terminated ? 1 : 0),
          "its history tells one end",
          o.history(ID));
      String told = completed ? "COMPLETED 1" : "TERMINATED";
      for (String answer : o.answers(0, Act.Await.class)) {
        Mixture.unless(
            answer.equals(told) || answer.equals(Outcome.UNANSWERED),
            "its client learns it",
            answer);
      }
      if (terminated) {
        return "terminated";
      }
      List<Seen> all = o.seen(ID, What.SENT, What.TURN);
      int asked = Lives.first(all, ExecutionTerminated.class);
      return asked >= 0 && asked < Lives.first(all, ExecutionCompleted.class)
          ? "completed over the request"
          : "completed before the request";
    }

    @Override
    public Set<String> orders() {
      return Set.of("terminated", "completed over the request", "completed before the request");
    }
  }

  /** A parent's end against its child's. */
  static final class ParentOrChild implements Race {
    private static final String CHILD = "c1";

    @Override
    public String title() {
      return "parent's end against child's";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      int pause = random.nextInt(40);
      ClientPlan second =
          switch (random.nextInt(3)) {
            case 0 -> new ClientPlan(ID, List.of(new Act.Terminate(pause)));
            case 1 -> new ClientPlan(ID, List.of(new Act.TerminateAll(pause)));
            default -> new ClientPlan(CHILD, List.of(new Act.Terminate(pause)));
          };
      return List.of(
          new ClientPlan(ID, List.of(start(0, "n/20/0/1/1", false), new Act.Await(0))), second);
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      Lives.checkOneByOne(o, ID);
      InstanceState parent = Lives.only(o.ends(ID));
      Mixture.unless(parent != null, "the parent ends once", o.ends(ID));
      boolean called = Lives.count(o, ID, SubOrchestrationCreated.class) > 0;
      List<InstanceState> ends = o.ends(CHILD);
      if (!called) {
        Mixture.unless(parent.status() == OrchestrationStatus.TERMINATED, "only so", parent);
        // a turn of which only the messages are left may have started one
        Mixture.unless(ends.size() <= (atomic ? 0 : 1), "nobody called a child", ends);
        return "the parent, before it called";
      }
      Mixture.unless(ends.size() == 1, "a child that was called ends once", ends);
      InstanceState child = ends.get(0);
      boolean whole = Lives.ended(child, OrchestrationStatus.COMPLETED, "1");
      boolean cut = Lives.ended(child, OrchestrationStatus.TERMINATED, "enough");
      boolean all = asked(o, Act.TerminateAll.class);
      boolean childAsked = o.told().stream().anyMatch(t -> t.instance().equals(CHILD));
      Mixture.unless(whole || (cut && (all || childAsked)), "the child's end has a cause", child);
      if (parent.status() == OrchestrationStatus.COMPLETED) {
        String told = Lives.output(parent);
        Mixture.unless(
            (told.equals("(1)") || (told.equals("(Terminated)") && childAsked))
                && (whole || childAsked),
            "the parent was told an end",
            parent,
            child);
        if (told.equals("(1)") != whole) {
          Mixture.unless(!atomic, "the parent was told the child's end", parent, child);
          return "the child, and its parent was told an end that was not committed";
        }
        return whole ? "the child, and its parent has its result" : "the child, terminated";
      }
      Mixture.unless(
          Lives.ended(parent, OrchestrationStatus.TERMINATED, "enough") && !childAsked,
          "the parent's end has a cause",
          parent);
      if (endOf(o, CHILD) < endOf(o, ID)) {
        return "the child, and its parent does not hear of it";
      }
      return whole ? "the parent, and its child goes on" : "the parent, and its child with it";
    }

    private static boolean asked(Outcome o, Class<? extends Act> act) {
      return o.told().stream().anyMatch(t -> act.isInstance(t.act()));
    }

    private static int endOf(Outcome o, String id) {
      for (int i = 0; i < o.seen().size(); i++) {
        Seen s = o.seen().get(i);
        if (s.instance().value().equals(id) && Lives.has(s, ExecutionCompleted.class)) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public Set<String> orders() {
      return Set.of(
          "the child, and its parent has its result",
          "the child, terminated",
          "the child, and its parent does not hear of it",
          "the parent, and its child goes on",
          "the parent, and its child with it");
    }
  }
}
