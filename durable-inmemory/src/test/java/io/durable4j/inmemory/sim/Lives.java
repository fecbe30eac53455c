package io.durable4j.inmemory.sim;

import io.durable4j.fixtures.sim.Act;
import io.durable4j.fixtures.sim.Outcome;
import io.durable4j.fixtures.sim.oracle.Seen;
import io.durable4j.fixtures.sim.oracle.Seen.What;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.inmemory.sim.Race.Mixture;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all races ask about executions. */
final class Lives {
  private Lives() {}

  static Act.Start start(int pause, String script, boolean replace) {
    return new Act.Start(pause, io.durable4j.fixtures.sim.Script.parse(script), 0, replace);
  }

  /** The result of an end as text; of a termination the reason. */
  static String output(InstanceState end) {
    String text = end.progress().output() == null ? "" : end.progress().output().text();
    return text.replace("\"", "");
  }

  static boolean ended(InstanceState end, OrchestrationStatus status, String output) {
    return end.status() == status && output(end).equals(output);
  }

  /** Where in the list the first such event took effect; -1 for nowhere. */
  static int first(List<Seen> all, Class<? extends EventBody> body) {
    for (int i = 0; i < all.size(); i++) {
      if (has(all.get(i), body)) {
        return i;
      }
    }
    return -1;
  }

  static boolean has(Seen s, Class<? extends EventBody> body) {
    return s.events().stream().anyMatch(e -> body.isInstance(e.body()));
  }

  static long count(Outcome o, String id, Class<? extends EventBody> body) {
    return o.history(id).stream().filter(e -> body.isInstance(e.body())).count();
  }

  /**
   * One execution after the other: each is created where nothing lives, ends once, does nothing
   * afterwards, and is removed, if so, when it has ended.
   */
  static void checkOneByOne(Outcome o, String id) {
    ExecutionId lives = null;
    ExecutionId ended = null;
    for (Seen s : o.seen(id, What.CREATED, What.TURN, What.CONTINUED, What.REWOUND, What.PURGED)) {
      InstanceState state = Objects.requireNonNull(s.state());
      ExecutionId execution = state.execution();
      if (s.what() == What.CREATED) {
        Mixture.unless(lives == null, "created over a live one", execution, lives);
        lives = execution;
      } else if (s.what() == What.PURGED) {
        Mixture.unless(execution.equals(ended), "purged is what had ended", execution, ended);
        ended = null;
      } else {
        Mixture.unless(execution.equals(lives), "a turn is of the live one", state, lives);
      }
      if (state.status().isTerminal() && s.what() != What.PURGED) {
        ended = execution;
        lives = null;
      }
    }
    Mixture.unless(lives == null, "each one ends", lives);
  }

  /** As many took effect as were acknowledged; more only where an answer was lost. */
  static void checkAnswers(Outcome o, Class<? extends Act> act, long effects) {
    long done = answers(o, act, "done");
    long unknown = answers(o, act, Outcome.UNANSWERED);
    Mixture.unless(
        done <= effects && effects <= done + unknown, "as answered", act, effects, o.told());
  }

  private static long answers(Outcome o, Class<? extends Act> act, String answer) {
    return o.told().stream()
        .filter(t -> act.isInstance(t.act()) && t.answer().equals(answer))
        .count();
  }

  static boolean isTold(Outcome o, int client, Class<? extends Act> act, String answer) {
    return o.answers(client, act).contains(answer);
  }

  static @Nullable InstanceState only(List<InstanceState> all) {
    return all.size() == 1 ? all.get(0) : null;
  }
}
