package io.durable4j.benchmarks.load;

import io.durable4j.host.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The same load on hubs of few and of many partitions.
 *
 * @param instances how many orchestrations of three activities
 */
record Partitions(int instances) implements Scenario {
  static final String NAME = "partitions";

  @Override
  public List<Result> measure(Rounds rounds) {
    List<Result> results = new ArrayList<>();
    for (int n = 1; n <= 16; n *= 2) {
      results.add(
          rounds
              .with(Setting.HUB_PARTITIONS, Integer.toString(n))
              .measure(NAME + "-" + n, "orchestration", new Chain(3, instances, true))
              .with("partitions", n));
    }
    return results;
  }
}
