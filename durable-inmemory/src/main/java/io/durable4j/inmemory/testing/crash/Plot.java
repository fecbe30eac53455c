package io.durable4j.inmemory.testing.crash;

import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every run of an exploration does.
 *
 * @param world makes the outside world of a run
 * @param host puts a worker together
 * @param scenario plays the clients
 * @param state what of the world is compared in the end
 * @param invariants what must hold in the end
 * @param seed the seed
 * @param times when it begins, and how long things may take
 */
record Plot<W>(
    Function<Probe, W> world,
    BiConsumer<W, DurableHost.Builder> host,
    CrashScenario<W> scenario,
    Function<W, @Nullable Object> state,
    List<Invariant<W>> invariants,
    long seed,
    Times times) {
  /** A worker as it is put together, in a world that no run sees. */
  Spy spied() {
    Spy spy = new Spy(DurableHost.on(InMemoryBackend.create()));
    host.accept(world.apply(new Probe()), spy.builder());
    return spy;
  }

  /**
   * Virtual times.
   *
   * @param start when a run begins
   * @param within how far apart two arrivals may be that change places
   * @param patience how long the scenario may take
   */
  record Times(Instant start, Duration within, Duration patience) {}

  /** A rule of the user's. */
  record Invariant<W>(String name, Predicate<? super W> holds) {}
}
