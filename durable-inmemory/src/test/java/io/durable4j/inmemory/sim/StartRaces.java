package io.durable4j.inmemory.sim;

import static io.durable4j.inmemory.sim.Lives.start;

import io.durable4j.fixtures.sim.Act;
import io.durable4j.fixtures.sim.Outcome;
import io.durable4j.fixtures.sim.Plan.ClientPlan;
import io.durable4j.fixtures.sim.oracle.Seen;
import io.durable4j.fixtures.sim.oracle.Seen.What;
import io.durable4j.history.InstanceState;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** Races for an id. */
final class StartRaces {
  private StartRaces() {}

  /** Two starts of one id, both of which replace what is finished, or neither. */
  static final class TwoStarts implements Race {
    @Override
    public String title() {
      return "two starts of one id";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      boolean replace = random.nextBoolean();
      int one = replace ? random.nextInt(50) : 0;
      int other = replace ? random.nextInt(50) : 0;
      return List.of(
          new ClientPlan(ID, List.of(start(one, "a/5", replace), new Act.Await(0))),
          new ClientPlan(ID, List.of(start(other, "k a/5", replace), new Act.Await(0))));
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      Lives.checkOneByOne(o, ID);
      List<Seen> created = o.seen(ID, What.CREATED);
      Lives.checkAnswers(o, Act.Start.class, created.size());
      List<InstanceState> ends = o.ends(ID);
      Mixture.unless(ends.size() == created.size(), "each start has an end", created, ends);
      for (InstanceState end : ends) {
        Mixture.unless(
            Lives.output(end).equals(isFirst(end) ? "1" : "k 2"), "the end is its start's", end);
      }
      boolean replace =
          o.told().stream().anyMatch(t -> t.act() instanceof Act.Start s && s.replace());
      Mixture.unless(replace || created.size() == 1, "one start takes effect", created);
      for (int i = 1; i < created.size(); i++) {
        Mixture.unless(state(created.get(i)).start().generation() == i, "it replaces", created);
      }
      if (created.size() > 1) {
        return "one after the other";
      }
      return isFirst(ends.get(0)) ? "the first client's alone" : "the second client's alone";
    }

    private static boolean isFirst(InstanceState s) {
      return String.valueOf(s.start().input()).contains("a/5")
          && !String.valueOf(s.start().input()).contains("k a/5");
    }

    @Override
    public Set<String> orders() {
      return Set.of("one after the other", "the first client's alone", "the second client's alone");
    }
  }

  private static InstanceState state(Seen s) {
    return Objects.requireNonNull(s.state());
  }

  /** Purge against re-creation. */
  static final class PurgeOrReplace implements Race {
    @Override
    public String title() {
      return "purge against re-creation";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      Act again = start(random.nextInt(6), "a/5", true);
      Act purge = new Act.Purge(random.nextInt(6));
      return List.of(
          new ClientPlan(ID, List.of(start(0, "a/40", false), new Act.Await(0), purge)),
          new ClientPlan(ID, List.of(new Act.Await(30), again, new Act.Await(0))));
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      Lives.checkOneByOne(o, ID);
      List<Seen> created = o.seen(ID, What.CREATED);
      List<Seen> purged = o.seen(ID, What.PURGED);
      Lives.checkAnswers(o, Act.Start.class, created.size());
      Lives.checkAnswers(o, Act.Purge.class, purged.size());
      Mixture.unless(o.ends(ID).size() == created.size(), "each start has an end", o.seen(ID));
      if (created.size() != 2) {
        return "purged or refused while the other was unsure";
      }
      InstanceState second = state(created.get(1));
      boolean fresh = second.start().generation() == 0;
      boolean before =
          !purged.isEmpty() && o.seen().indexOf(purged.get(0)) < o.seen().indexOf(created.get(1));
      Mixture.unless(fresh == before, "what was purged is not replaced", second);
      boolean gone =
          !purged.isEmpty() && state(purged.get(0)).execution().equals(second.execution());
      Mixture.unless(gone == (o.state(ID) == null), "what was not purged is there", o.seen(ID));
      if (before) {
        return "purged, then created";
      } else if (gone) {
        return "replaced, and the new one purged after its end";
      }
      return Lives.isTold(o, 0, Act.Purge.class, "nothing")
          ? "replaced between the look and the purge"
          : "replaced before the look";
    }

    @Override
    public Set<String> orders() {
      return Set.of(
          "purged, then created",
          "replaced between the look and the purge",
          "replaced before the look");
    }
  }
}
