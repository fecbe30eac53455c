package io.durable4j.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How much longer one thing took than another that was measured beside it, round by round. */
final class Ratios {
  private final List<Double> all = new ArrayList<>();

  void add(double time, double other) {
    all.add(time / other);
  }

  /** A result with the median of them, the least and the most. */
  Result on(Result result, String name) {
    List<Double> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return result
        .with(name, sorted.get((sorted.size() - 1) / 2))
        .with(name + "Least", sorted.get(0))
        .with(name + "Most", sorted.get(sorted.size() - 1));
  }
}
