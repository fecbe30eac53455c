package io.durable4j.benchmarks.load;

import io.durable4j.host.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  /**
   * Measures a load.
   *
   * @param scenario the result's name
   * @param unit what one operation is
   * @param load what is put on the host
   * @return the medians
   */
  Result measure(String scenario, String unit, Load load) {
    warmUp(scenario, load);
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= options.size().rounds(); i++) {
      progress.round(scenario, i, options.size().rounds());
      rounds.add(round(load, options.size().seconds()));
    }
    return Result.of(scenario, unit, rounds, storageCalls(scenario, load));
  }

  /** Lets the process get to know a load. */
  void warmUp(String scenario, Load load) {
    progress.doing(scenario + ": warm-up");
    round(load, options.size().warmup());
  }

  /** The same with other settings in some places. */
  Rounds with(Setting setting, String value) {
    Map<Setting, String> changed = new LinkedHashMap<>(settings);
    changed.put(setting, value);
    return new Rounds(options, changed, progress);
  }

  /** A fresh host that runs a load's code. */
  Rig rig(Load load) {
    return Rig.start(options, settings, load::register, false);
  }

  /** Storage calls an operation, in a round that is not timed. */
  double storageCalls(String scenario, Load load) {
    progress.doing(scenario + ": storage calls");
    try (Rig rig = Rig.start(options, settings, load::register, true)) {
      long before = rig.calls().sum();
      Round round = load.run(rig);
      return (double) (rig.calls().sum() - before) / round.ops();
    }
  }

  private Round round(Load load, double seconds) {
    try (Rig rig = rig(load)) {
      System.gc();
      long begin = System.nanoTime();
      Round sum = Round.NONE;
      do {
        sum = sum.plus(load.run(rig));
      } while (System.nanoTime() - begin < seconds * 1e9);
      return sum;
    }
  }
}
