package io.durable4j.inmemory.testing.crash;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Activities that ran more than once for one call, over all runs of an exploration. */
final class Repeats {
  private final Learned learned;
  private final Outcome good;
  private final Map<String, Repeat> most = new LinkedHashMap<>();
  private final Set<String> harmful = new LinkedHashSet<>();

  Repeats(Learned learned, Outcome good) {
    this.learned = learned;
    this.good = good;
  }

  void add(Outcome run) {
    for (Body b : run.story().bodies()) {
      int times = run.story().bodiesOf(b.key());
      if (b.number() == 1 && times > Math.max(1, good.story().bodiesOf(b.key()))) {
        count(b, times, run);
      }
    }
  }

  private void count(Body body, int times, Outcome run) {
    String step = learned.step(body);
    int effects = 0;
    Set<Integer> byRuns = new LinkedHashSet<>();
    for (Effect e : run.effects()) {
      Body by = e.body();
      if (by != null && e.done() && by.key().equals(body.key())) {
        effects++;
        byRuns.add(by.number());
      }
    }
    if (byRuns.size() > 1) {
      harmful.add(step);
    }
    int did = effects;
    most.merge(
        step,
        new Repeat(step, body.name(), times, did),
        (a, b) ->
            new Repeat(
                step,
                body.name(),
                Math.max(a.times(), b.times()),
                Math.max(a.effects(), b.effects())));
  }

  List<Repeat> harmless() {
    return most.values().stream().filter(r -> !harmful.contains(r.step())).toList();
  }
}
