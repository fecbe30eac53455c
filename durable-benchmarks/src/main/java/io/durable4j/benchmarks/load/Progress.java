package io.durable4j.benchmarks.load;

/** Hears what a run is doing. */
interface Progress {
  /** Tells what begins. */
  void doing(String what);
}
