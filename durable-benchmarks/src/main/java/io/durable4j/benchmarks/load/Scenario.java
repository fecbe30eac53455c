package io.durable4j.benchmarks.load;

import java.util.List;

/** What a scenario measures. */
@FunctionalInterface
interface Scenario {
  /**
   * Measures.
   *
   * @param rounds how
   * @return one result or more
   */
  List<Result> measure(Rounds rounds);
}
