package io.durable4j.inmemory.sim;

import static io.durable4j.inmemory.sim.Lives.start;

import io.durable4j.fixtures.sim.Act;
import io.durable4j.fixtures.sim.Outcome;
import io.durable4j.fixtures.sim.Plan.ClientPlan;
import io.durable4j.fixtures.sim.Script;
import io.durable4j.fixtures.sim.oracle.Seen;
import io.durable4j.fixtures.sim.oracle.Seen.What;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** Races with the turns of an instance. */
final class TurnRaces {
  private TurnRaces() {}

  /** Raise against continue-as-new. */
  static final class RaiseOrContinue implements Race {
    private static final int LAST = 2;

    /** In milliseconds; until then nobody but these clients raises anything. */
    private static final int LONG = 30_000;

    @Override
    public String title() {
      return "raise against continue-as-new";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      List<Act> raises = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        raises.add(new Act.Raise(random.nextInt(25), "p" + i));
      }
      String script = (random.nextInt(3) == 0 ? "t/12" : "w/12") + " z/" + LAST + " e e e e e e";
      return List.of(
          new ClientPlan(ID, List.of(start(0, script, false), new Act.Raise(LONG, "last"))),
          new ClientPlan(ID, raises));
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      InstanceState end = Lives.only(o.ends(ID));
      Mixture.unless(end != null, "it ends once", o.ends(ID));
      List<String> words = List.of(Lives.output(end).split(" ", -1));
      Map<String, Integer> sent = new HashMap<>();
      for (Seen s : o.seen(ID, What.SENT)) {
        for (HistoryEvent e : s.events()) {
          if (e.body() instanceof EventRaised r && r.input() != null) {
            sent.put(r.input().text().replace("\"", ""), generation(s));
          }
        }
      }
      boolean earlier = false;
      boolean over = false;
      for (Map.Entry<String, Integer> s : sent.entrySet()) {
        List<Integer> places = places(words, s.getKey());
        boolean other = !s.getKey().startsWith("p");
        Mixture.unless(
            places.size() == 1 || (other && places.isEmpty()), "it is taken once", s, words);
        if (!other) {
          int taken = Math.min(places.get(0), LAST);
          Mixture.unless(taken >= s.getValue(), "no former generation takes it", s, words);
          earlier |= s.getValue() < LAST && taken == s.getValue();
          over |= taken > s.getValue();
        }
      }
      if (over) {
        return "taken by a later generation";
      }
      return earlier ? "taken by the generation that it was sent to" : "after the last change";
    }

    private static List<Integer> places(List<String> words, String word) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i).equals(word)) {
          places.add(i);
        }
      }
      return places;
    }

    private static int generation(Seen s) {
      String input =
          Objects.requireNonNull(Objects.requireNonNull(s.state()).start().input()).text();
      return LAST - Script.parse(input.replace("\"", "")).generationsLeft();
    }

    @Override
    public Set<String> orders() {
      return Set.of("taken by a later generation", "taken by the generation that it was sent to");
    }
  }

  /** Suspend against scheduling. */
  static final class SuspendOrSchedule implements Race {
    @Override
    public String title() {
      return "suspend against scheduling";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      return List.of(
          new ClientPlan(ID, List.of(start(0, "a/10 a/10 a/10", false))),
          new ClientPlan(ID, List.of(new Act.Suspend(random.nextInt(36)), new Act.Resume(500))));
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      Lives.checkOneByOne(o, ID);
      InstanceState end = Lives.only(o.ends(ID));
      Mixture.unless(
          end != null && Lives.ended(end, OrchestrationStatus.COMPLETED, "1 2 3"),
          "it completes",
          o.ends(ID));
      List<Seen> all = o.seen(ID, What.SENT, What.TURN);
      boolean holds = false;
      boolean heldBack = false;
      boolean over = false;
      boolean asked = false;
      boolean began = false;
      for (Seen s : all) {
        if (s.what() == What.SENT) {
          asked |= Lives.has(s, ExecutionSuspended.class);
          continue;
        }
        boolean suspends = Lives.has(s, ExecutionSuspended.class);
        began |= suspends;
        holds = (holds || suspends) && !Lives.has(s, ExecutionResumed.class);
        boolean acts = s.events().stream().anyMatch(e -> e.body().isAction());
        Mixture.unless(!holds || !acts, "nothing is scheduled while it is suspended", s);
        heldBack |= holds && Lives.has(s, TaskCompleted.class);
        over |= asked && !began && Lives.has(s, TaskScheduled.class);
      }
      if (!began) {
        return asked ? "it ends before" : "never asked";
      } else if (over) {
        return "scheduled over the request";
      }
      return heldBack ? "the result waits for the resumption" : "nothing came meanwhile";
    }

    @Override
    public Set<String> orders() {
      return Set.of("scheduled over the request", "the result waits for the resumption");
    }
  }

  /** Rewind against late results. */
  static final class RewindOrResult implements Race {
    @Override
    public String title() {
      return "rewind against late results";
    }

    @Override
    public List<ClientPlan> clients(SplittableRandom random) {
      String script = "y/1/" + (1 + random.nextInt(30));
      Act rewind = new Act.Rewind(random.nextInt(30));
      return List.of(
          new ClientPlan(
              ID, List.of(start(0, script, false), new Act.Await(0), rewind, new Act.Await(0))));
    }

    @Override
    public String order(Outcome o, boolean atomic) {
      List<InstanceState> ends = o.ends(ID);
      checkResults(o);
      if (ends.size() == 1 && !Lives.isTold(o, 0, Act.Rewind.class, "done")) {
        Mixture.unless(
            Lives.ended(ends.get(0), OrchestrationStatus.COMPLETED, "2"), "it completes", ends);
        return "the failure was lost with its worker, and run again";
      }
      Mixture.unless(
          ends.size() == 2
              && ends.get(0).status() == OrchestrationStatus.FAILED
              && Lives.ended(ends.get(1), OrchestrationStatus.COMPLETED, "2"),
          "it fails, and completes when it was rewound",
          ends);
      List<Seen> all = o.seen(ID, What.RAN, What.TURN, What.REWOUND);
      int failed = Lives.first(all, ExecutionCompleted.class);
      int ran = 0;
      int ranBefore = 0;
      for (int i = 0; i < all.size() && all.get(i).what() != What.REWOUND; i++) {
        ran += all.get(i).what() == What.RAN ? 1 : 0;
        ranBefore += all.get(i).what() == What.RAN && i < failed ? 1 : 0;
      }
      if (ranBefore > 1) {
        return "the result came before the failure";
      }
      return ran > 1 ? "the result, then the rewind" : "the rewind, then the result";
    }

    /** Each call has one result, and it is its own. */
    private static void checkResults(Outcome o) {
      Map<Integer, MessageId> open = new HashMap<>();
      Map<Integer, Integer> results = new HashMap<>();
      for (HistoryEvent e : o.history(ID)) {
        if (e.body() instanceof TaskScheduled) {
          open.put(e.eventId(), Objects.requireNonNull(e.message()));
        } else if (e.body() instanceof TaskCompleted t) {
          results.merge(t.taskScheduledId(), 1, Integer::sum);
          Mixture.unless(
              Objects.equals(t.answers(), open.get(t.taskScheduledId())),
              "a result answers what is asked for",
              o.history(ID));
        }
      }
      boolean once = results.values().stream().allMatch(n -> n == 1);
      Mixture.unless(once && results.keySet().equals(open.keySet()), "once each", o.history(ID));
    }

    @Override
    public Set<String> orders() {
      return Set.of("the result, then the rewind", "the rewind, then the result");
    }
  }
}
