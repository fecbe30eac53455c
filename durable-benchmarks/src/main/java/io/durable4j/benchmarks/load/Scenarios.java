package io.durable4j.benchmarks.load;

import io.durable4j.benchmarks.load.RunOptions.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The scenarios by name. */
final class Scenarios {
  /** One chain of activities. */
  static final String CHAIN = "sequential-1";

  /** Many short orchestrations. */
  static final String HELLO = "hello";

  private Scenarios() {}

  static List<String> names() {
    return List.copyOf(all().keySet());
  }

  static Scenario of(String name) {
    Scenario scenario = all().get(name);
    if (scenario == null) {
      throw new IllegalArgumentException("There is no scenario " + name);
    }
    return scenario;
  }

  private static Map<String, Scenario> all() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    simple(all, CHAIN, "activity", s -> new Chain(s.of(100, 300), 1, false));
    simple(all, "sequential-50", "activity", s -> new Chain(s.of(100, 10), s.of(50, 50), false));
    simple(all, "fan-out", "activity", s -> new FanOut(s.of(1_000, 300)));
    simple(all, "fan-in", "fan-in", s -> new FanIn(s.of(1_000, 300)));
    simple(all, "fan-in-tree", "activity", s -> new Tree(10, s.of(100, 30)));
    simple(all, "events", "event", s -> new Events(s.of(1_000, 300)));
    simple(all, HELLO, "orchestration", s -> new Chain(3, s.of(2_000, 200), true));
    simple(all, "hello-latency", "orchestration", s -> new OneByOne(s.of(100, 50)));
    simple(all, "timers", "timer", s -> new Timers(s.of(100, 5), 100));
    simple(all, "entity", "signal", s -> new Signals(s.of(10_000, 500)));
    simple(all, "entity-call", "call", s -> new EntityCalls(s.of(1_000, 100)));
    all.put(LongHistory.NAME, r -> new LongHistory(r.options().size().of(5_000, 500)).measure(r));
    all.put(Waiting.NAME, r -> new Waiting(r.options().size().of(100_000, 200)).measure(r));
    all.put(Partitions.NAME, r -> new Partitions(r.options().size().of(2_000, 100)).measure(r));
    return all;
  }

  private static void simple(
      Map<String, Scenario> all, String name, String unit, Function<Size, Load> load) {
    all.put(name, r -> List.of(r.measure(name, unit, load.apply(r.options().size()))));
  }
}
