package io.durable4j.inmemory.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.sim.Simulator;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The engine over the in-memory backend through bad times. {@code -Dsim.seeds=N -Dsim.from=S} runs
 * any block, {@code -Dsim.threads=N} so many seeds at a time, {@code -Dsim.tell=S} writes down what
 * happens in one seed.
 */
@Tag("simulation")
class SimulatorTest {
  private static final int SEEDS = 2_000;
  private static final int BLOCK = 1_000;

  /** From here on blocks are ten times as large. */
  private static final int MANY = 100_000;

  @Test
  void noSeedBreaksAnInvariant() throws IOException {
    long from = Long.getLong("sim.from", 0);
    int seeds = Integer.getInteger("sim.seeds", SEEDS);
    int threads = Integer.getInteger("sim.threads", Runtime.getRuntime().availableProcessors());
    try (Carriers carriers = Carriers.create()) {
      Simulator simulator = new Simulator(InMemoryBackend::create, carriers);
      Long tell = Long.getLong("sim.tell");
      if (tell != null) {
        simulator.tell(tell).forEach(System.out::println);
      }
      int block = Integer.getInteger("sim.block", seeds < MANY ? BLOCK : 10 * BLOCK);
      assertThat(block).as("the system property sim.block").isPositive();
      List<String> digests = new ArrayList<>();
      List<Long> failed = new ArrayList<>();
      long nanos = 0;
      for (long begin = from; begin < from + seeds; begin += block) {
        int count = (int) Math.min(block, from + seeds - begin);
        Simulator.Block done = simulator.run(begin, count, threads);
        System.out.println(done);
        digests.add(done.digestLine());
        nanos += done.nanos();
        failed.addAll(done.failed());
      }
      System.out.printf(
          Locale.ROOT,
          "all %d seeds: %.0f seeds a second and core%n",
          seeds,
          seeds * 1e9 / nanos / threads);
      Files.write(Path.of("target", "simulation-digests.tsv"), digests);
      if (!failed.isEmpty()) {
        Simulator.Failed first = Objects.requireNonNull(simulator.examine(failed.get(0)));
        System.out.println(first.text());
        assertThat(failed).as("seeds that failed; the first: %s", first.message()).isEmpty();
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    try (Carriers one = Carriers.create();
        Carriers other = Carriers.platform()) {
      Simulator virtual = new Simulator(InMemoryBackend::create, one);
      Simulator platform = new Simulator(InMemoryBackend::create, other);
      assertThat(virtual.run(0, 50, 2).digestLine()).isEqualTo(platform.run(0, 50, 1).digestLine());
      assertThat(virtual.tell(12)).isEqualTo(platform.tell(12));
      assertThat(virtual.run(50, 50, 1).digest()).isNotEqualTo(virtual.run(0, 50, 1).digest());
    }
  }
}
