package io.durable4j.inmemory.sim;

import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import org.jspecify.annotations.Nullable;

/** Runs seeds one after the other until one fails; the runner of mutants. */
final class SimulationRun {
  private SimulationRun() {}

  /**
   * Looks for a seed that fails.
   *
   * @param from the first seed
   * @param count how many
   * @return seed, broken invariant, size of the schedule and of the shrunk one, parted by tabs;
   *     null when no seed fails
   */
  static @Nullable String firstFailure(long from, int count) {
    try (Carriers carriers = Carriers.create()) {
      Simulator simulator = new Simulator(InMemoryBackend::create, carriers);
      for (long seed = from; seed < from + count; seed++) {
        Simulator.Failed f = simulator.examine(seed);
        if (f != null) {
          return String.join(
              "\t",
              Long.toString(f.seed()),
              f.invariant(),
              Integer.toString(f.size()),
              Integer.toString(f.shrunkSize()));
        }
      }
      return null;
    }
  }
}
