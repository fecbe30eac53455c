package io.durable4j.benchmarks.load;

import io.durable4j.benchmarks.load.RunOptions.Kind;
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
  /** An emulator sweeps its messages about a minute after many of them. */
  private static final long SWEEP_NANOS = 50_000_000_000L;

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
    double calls = Double.NaN;
    for (int i = 1; i <= options.size().rounds(); i++) {
      progress.round(scenario, i, options.size().rounds());
      Measured measured = round(load);
      rounds.add(measured.round());
      calls = measured.calls();
    }
    return Result.of(scenario, unit, rounds, onServices() ? calls : storageCalls(scenario, load));
  }

  private boolean onServices() {
    return options.kind() == Kind.AZURITE;
  }

  /**
   * A round.
   *
   * @param calls storage calls an operation, where a call takes so long that counting is nothing
   */
  record Measured(Round round, double calls) {}

  /** Lets the process get to know a load. */
  void warmUp(String scenario, Load load) {
    if (onServices() && options.size().warmup() == 0) {
      return; // each round warms up its server by itself
    }
    progress.doing(scenario + ": warm-up");
    round(load, options.size().warmup());
  }

  /** The same with other settings in some places. */
  Rounds with(Setting setting, String value) {
    Map<Setting, String> changed = new LinkedHashMap<>(settings);
    changed.put(setting, value);
    return new Rounds(options, changed, progress);
  }

  /** A host on storage that is there, and counts its calls. */
  Rig rig(Storage storage, Load load) {
    return Rig.start(storage, options, settings, load::register);
  }

  /** Storage calls an operation, in a round that is not timed. */
  double storageCalls(String scenario, Load load) {
    progress.doing(scenario + ": storage calls");
    try (Rig rig = Rig.start(options, settings, load::register, true)) {
      return calls(rig, load);
    }
  }

  /** Storage calls an operation. On services it also shows a new server what will come. */
  static double calls(Rig rig, Load load) {
    long before = rig.calls().sum();
    Round round = load.run(rig);
    return (double) (rig.calls().sum() - before) / round.ops();
  }

  /** A timed round on a host and storage of its own. */
  Measured round(Load load) {
    return round(load, options.size().seconds());
  }

  private Measured round(Load load, double seconds) {
    try (Rig rig = Rig.start(options, settings, load::register, onServices())) {
      double calls = onServices() ? calls(rig, load) : Double.NaN;
      System.gc();
      long begin = System.nanoTime();
      Round sum = Round.NONE;
      try {
        do {
          sum = sum.plus(load.run(rig));
        } while (System.nanoTime() - begin < seconds * 1e9);
      } catch (RuntimeException e) {
        throw rig.storage().blamed(e);
      }
      if (onServices() && System.nanoTime() - begin > SWEEP_NANOS) {
        progress.doing("that lasted so long that a stall of the emulator may be in it");
      }
      return new Measured(sum, calls);
    }
  }
}
