package io.durable4j.inmemory.testing.crash;

import io.durable4j.host.DurableHost;
import io.durable4j.internal.controlled.Carriers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a crash would break in a workflow. It plays a scenario once without faults and learns
 * the durable boundaries of the workflow; then it plays it again with a crash just before and just
 * after each boundary, with each activity delivered twice, with activities over their time, with
 * events, timers and results in another order where the rules allow it, and at last with several of
 * these together. It reports what the outside world saw twice, ends that differ, invariants that
 * broke, and scenarios that never ended, each with its step and the shortest schedule that shows
 * it.
 *
 * <p>A run takes milliseconds: all of it is in memory, on controlled threads and virtual time. A
 * crash kills the worker with all that it has in memory, and another one goes on at once on the
 * same storage. What the worker's process would keep in a static outlives such a crash, though;
 * that is found by its difference between two runs.
 *
 * <p>Each run gets a world of its own: fakes and mocks of what is outside. The world outlives
 * crashes, as a payment service does; what {@link #host} makes does not. Not thread-safe; may
 * explore many times.
 *
 * @param <W> the outside world of a run
 */
public final class CrashExplorer<W> {
  private static final int FAULTS = 3;
  private static final int RUNS = 300;
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofDays(30);
  private static final Instant START = Instant.parse("2025-01-01T09:00:00Z");

  private final Function<Probe, W> world;
  private final List<Plot.Invariant<W>> invariants = new ArrayList<>();
  private final List<@Nullable Object> ends = new ArrayList<>();
  private final Set<String> effects = new TreeSet<>();
  private @Nullable BiConsumer<W, DurableHost.Builder> host;
  private @Nullable CrashScenario<W> scenario;
  private Function<W, @Nullable Object> state = w -> null;
  private UnaryOperator<@Nullable Object> form = value -> value;
  private Plot.Times times = new Plot.Times(START, WITHIN, PATIENCE);
  private Exploration.Bounds bounds = new Exploration.Bounds(FAULTS, RUNS);
  private long seed;

  private CrashExplorer(Function<Probe, W> world) {
    this.world = world;
  }

  /**
   * Begins an explorer.
   *
   * @param world makes the outside world of a run; its fakes tell the probe what they really do
   * @param <W> the outside world of a run
   * @return an explorer that needs a host and a scenario
   */
  public static <W> CrashExplorer<W> of(Function<Probe, W> world) {
    return new CrashExplorer<>(world);
  }

  /**
   * How a worker is put together. Called for each worker that starts, also after a crash. Settings
   * of sessions, leases, partitions and of determinism are the explorer's.
   *
   * @param build registers orchestrators, activities and entities
   * @return this
   */
  public CrashExplorer<W> host(BiConsumer<W, DurableHost.Builder> build) {
    host = build;
    return this;
  }

  /**
   * What the clients do.
   *
   * @param clients played once a run
   * @return this
   */
  public CrashExplorer<W> scenario(CrashScenario<W> clients) {
    scenario = clients;
    return this;
  }

  /**
   * Adds a rule that must hold for the world when a scenario has ended, whatever went wrong.
   *
   * @param name what a finding calls it
   * @param holds whether it holds
   * @return this
   */
  public CrashExplorer<W> invariant(String name, Predicate<? super W> holds) {
    invariants.add(new Plot.Invariant<>(name, holds));
    return this;
  }

  /**
   * Compares the world in the end, too: with faults it must be as without.
   *
   * @param of gives what is compared, by {@code equals}; should have a readable {@code toString}
   * @return this
   */
  public CrashExplorer<W> state(Function<W, @Nullable Object> of) {
    state = of;
    return this;
  }

  /**
   * Ends that are right under faults, besides the one without: for example that a payment timed
   * out. A scenario that ends so is not compared further, but for its invariants.
   *
   * @param results what the scenario may return
   * @return this
   */
  public CrashExplorer<W> mayAlsoEnd(@Nullable Object... results) {
    ends.addAll(Arrays.asList(results));
    return this;
  }

  /**
   * Effects whose repeat is no finding, for example a mail.
   *
   * @param names names of effects, as the probe gets them
   * @return this
   */
  public CrashExplorer<W> mayRepeat(String... names) {
    effects.addAll(List.of(names));
    return this;
  }

  /**
   * Brings results and states into the form in which they are compared, for example without times
   * and random ids.
   *
   * @param normal gives the form to compare
   * @return this
   */
  public CrashExplorer<W> comparedAs(UnaryOperator<@Nullable Object> normal) {
    form = normal;
    return this;
  }

  /**
   * Chooses ids, and which faults are combined.
   *
   * @param number the same seed gives the same exploration; 0 unless set
   * @return this
   */
  public CrashExplorer<W> seed(long number) {
    seed = number;
    return this;
  }

  /**
   * Bounds the faults of a schedule.
   *
   * @param most from 1; 3 unless set. With 1 nothing is combined
   * @return this
   */
  public CrashExplorer<W> maxFaults(int most) {
    bounds = new Exploration.Bounds(positive(most, "faults"), bounds.runs());
    return this;
  }

  /**
   * Bounds the runs. Each fault is tried alone first; what is left goes to combinations.
   *
   * @param most from 1; 300 unless set. A few more may be needed to shrink what is found
   * @return this
   */
  public CrashExplorer<W> maxRuns(int most) {
    bounds = new Exploration.Bounds(bounds.faults(), positive(most, "runs"));
    return this;
  }

  /**
   * How far apart in virtual time two arrivals may be that change places.
   *
   * @param time not negative; 10 seconds unless set
   * @return this
   */
  public CrashExplorer<W> reorderWithin(Duration time) {
    times = new Plot.Times(times.start(), notNegative(time), times.patience());
    return this;
  }

  /**
   * How long a scenario may take in virtual time before it counts as stuck.
   *
   * @param time not negative; 30 days unless set
   * @return this
   */
  public CrashExplorer<W> patience(Duration time) {
    times = new Plot.Times(times.start(), times.within(), notNegative(time));
    return this;
  }

  /**
   * Explores.
   *
   * @return what was found
   * @throws IllegalStateException when the host or the scenario is missing
   * @throws AssertionError the scenario's own, when one fails without any fault
   */
  public CrashReport explore() {
    try (Carriers carriers = Carriers.create()) {
      return exploration(carriers).explore();
    }
  }

  /**
   * Runs one schedule again and tells what happens.
   *
   * @param schedule the text of a schedule, as a report prints it
   * @return the story of that run
   * @throws IllegalArgumentException when the text is no schedule of this workflow
   * @throws IllegalStateException when the host or the scenario is missing
   */
  public CrashReplay replay(String schedule) {
    try (Carriers carriers = Carriers.create()) {
      return exploration(carriers).replay(schedule);
    }
  }

  private Exploration<W> exploration(Carriers carriers) {
    Plot<W> plot =
        new Plot<>(
            world,
            given(host, "host"),
            given(scenario, "scenario"),
            state,
            List.copyOf(invariants),
            seed,
            times);
    Judge.Tolerance tolerance =
        new Judge.Tolerance(form, ends.stream().map(form).toList(), Set.copyOf(effects));
    return new Exploration<>(plot, tolerance, bounds, carriers);
  }

  private static <T> T given(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException("The explorer has no " + what + "; call " + what + "(...)");
    }
    return Objects.requireNonNull(part);
  }

  private static int positive(int number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException("At least 1 of " + what + ", not " + number);
    }
    return number;
  }

  private static Duration notNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("A time must not be negative, is " + time);
    }
    return time;
  }
}
