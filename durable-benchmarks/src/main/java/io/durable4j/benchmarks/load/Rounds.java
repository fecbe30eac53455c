package io.durable4j.benchmarks.load;

import io.durable4j.host.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures a load: warm-up, timed rounds each on a host and storage of its own, then a round on a
 * backend that counts calls.
 *
 * @param options what was asked for
 * @param settings the hosts' settings
 * @param progress hears what is going on
 */
record Rounds(RunOptions options, Map<Setting, String> settings, Progress progress) {
  Result measure(String scenario, String unit, Load load) {
    progress.doing(scenario + ": warm-up");
    round(load, options.size().warmup());
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= options.size().rounds(); i++) {
      progress.doing(scenario + ": round " + i + " of " + options.size().rounds());
      rounds.add(round(load, options.size().seconds()));
    }
    progress.doing(scenario + ": storage calls");
    return Result.of(scenario, unit, rounds, storageCalls(load));
  }

  private Round round(Load load, double seconds) {
    try (Rig rig = Rig.start(options, settings, load::register, false)) {
      System.gc();
      long begin = System.nanoTime();
      Round sum = Round.NONE;
      do {
        sum = sum.plus(load.run(rig));
      } while (System.nanoTime() - begin < seconds * 1e9);
      return sum;
    }
  }

  private double storageCalls(Load load) {
    try (Rig rig = Rig.start(options, settings, load::register, true)) {
      long before = rig.calls().sum();
      Round round = load.run(rig);
      return (double) (rig.calls().sum() - before) / round.ops();
    }
  }
}
