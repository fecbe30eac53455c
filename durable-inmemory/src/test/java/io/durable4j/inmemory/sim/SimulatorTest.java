package io.durable4j.inmemory.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.drive.Carriers;
import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The engine over the in-memory backend through bad times. {@code -Dsim.seeds=N -Dsim.from=S} runs
 * another block, {@code -Dsim.tell=S} writes down what happens in one seed.
 */
class SimulatorTest {
  private static final int SEEDS = 2_000;

  @Test
  void noSeedBreaksAnInvariant() throws IOException {
    try (Carriers carriers = Carriers.create()) {
      Simulator simulator = new Simulator(InMemoryBackend::create, carriers);
      Long tell = Long.getLong("sim.tell");
      if (tell != null) {
        simulator.tell(tell).forEach(System.out::println);
      }
      long from = Long.getLong("sim.from", 0);
      int seeds = Integer.getInteger("sim.seeds", SEEDS);
      int threads = Integer.getInteger("sim.threads", Runtime.getRuntime().availableProcessors());
      Simulator.Block block = simulator.run(from, seeds, threads);
      System.out.println(block);
      Files.writeString(
          Path.of("target", "simulation.digest"),
          String.format("%d %d %016x%n", from, seeds, block.digest()));
      if (!block.failed().isEmpty()) {
        Simulator.Failed failed = simulator.examine(block.failed().get(0));
        System.out.println(Objects.requireNonNull(failed).text());
        assertThat(block.failed())
            .as("seeds that failed; the first: %s", failed.message())
            .isEmpty();
      }
    }
  }
}
