package io.durable4j.benchmarks.load;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One line of the output: a scenario and its figures.
 *
 * @param scenario its name
 * @param unit what one operation is
 * @param figures by name, in the order of the output; null where there is none
 */
record Result(String scenario, String unit, Map<String, @Nullable Object> figures) {
  /** How many figures every scenario has; they come first. */
  static final int COLUMNS = 9;

  Result {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * The medians of rounds.
   *
   * @param calls storage calls an operation, counted in a round of its own
   */
  static Result of(String scenario, String unit, List<Round> rounds, double calls) {
    Map<String, @Nullable Object> f = new LinkedHashMap<>();
    f.put("ops", Math.round(median(rounds, Round::ops)));
    f.put("seconds", median(rounds, r -> r.usage().nanos() / 1e9));
    f.put("perSecond", median(rounds, Round::perSecond));
    f.put("p50Ms", number(median(rounds, r -> r.quantileMs(0.5))));
    f.put("p99Ms", number(median(rounds, r -> r.quantileMs(0.99))));
    f.put("cpuMicrosPerOp", median(rounds, r -> r.usage().cpuNanos() / 1e3 / r.ops()));
    f.put("allocBytesPerOp", median(rounds, r -> (double) r.usage().allocatedBytes() / r.ops()));
    f.put("storageCallsPerOp", number(calls));
    f.put("fsyncsPerOp", median(rounds, r -> (double) r.usage().flushes() / r.ops()));
    if (rounds.stream().anyMatch(r -> r.usage().serverCpuNanos() > 0)) {
      f.put(
          "serverCpuMicrosPerOp", median(rounds, r -> r.usage().serverCpuNanos() / 1e3 / r.ops()));
      f.put(
          "serverCpuShare",
          median(rounds, r -> (double) r.usage().serverCpuNanos() / r.usage().nanos()));
    }
    return new Result(scenario, unit, f);
  }

  /** The same with one more figure. */
  Result with(String name, Object figure) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(figures);
    more.put(name, figure);
    return new Result(scenario, unit, more);
  }

  /** A figure; NaN where there is none. */
  double figure(String name) {
    return figures.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** The middle one; the lower middle of an even number. */
  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] all = rounds.stream().mapToDouble(figure).sorted().toArray();
    return all[(all.length - 1) / 2];
  }
}
