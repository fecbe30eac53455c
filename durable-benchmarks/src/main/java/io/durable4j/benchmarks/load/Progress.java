package io.durable4j.benchmarks.load;

/** Hears what a run is doing. */
interface Progress {
  /** Tells what begins. */
  void doing(String what);

  /** Tells that a round begins. */
  default void round(String scenario, int number, int of) {
    doing(scenario + ": round " + number + " of " + of);
  }
}
