package io.durable4j.benchmarks.load;

import io.durable4j.benchmarks.load.Floor.Calls;
import java.util.ArrayList;
import java.util.List;

/**
 * One chain on storage services, and what its steps take at least there, before it and after it on
 * the same server: no two servers and no two minutes are alike.
 *
 * @param steps activities of the chain, and steps of each floor
 */
record ChainBesideFloor(int steps) implements Scenario {
  private static final String FLOOR = "floor";

  @Override
  public List<Result> measure(Rounds rounds) {
    Chain chain = new Chain(steps, 1, false);
    int count = rounds.options().size().rounds();
    List<Round> before = new ArrayList<>();
    List<Round> chains = new ArrayList<>();
    List<Round> after = new ArrayList<>();
    List<Round> deleting = new ArrayList<>();
    List<Round> plain = new ArrayList<>();
    double calls = Double.NaN;
    Ratios ratios = new Ratios();
    rounds.warmUp(Scenarios.CHAIN, chain);
    for (int i = 0; i < count; i++) {
      rounds.progress().round(Scenarios.CHAIN, i + 1, count);
      try (AzureServer server = AzureServer.start(rounds.options())) {
        try (Floor floor = new Floor(server)) {
          floor.round(steps, Calls.LEAST); // until both sides know it
          before.add(floor.round(steps, Calls.LEAST));
        }
        try (Rig rig = rounds.rig(server.storage(), chain)) {
          calls = Rounds.calls(rig, chain);
          chains.add(chain.run(rig));
        }
        try (Floor floor = new Floor(server)) {
          after.add(floor.round(steps, Calls.LEAST));
          deleting.add(floor.round(steps, Calls.WITH_DELETION));
          plain.add(floor.round(steps, Calls.PLAIN));
        }
      }
      double floor = (before.get(i).usage().nanos() + after.get(i).usage().nanos()) / 2.0;
      ratios.add((double) chains.get(i).usage().nanos(), floor);
    }
    return List.of(
        Result.of(FLOOR + "-before", "step", before, Double.NaN),
        ratios.on(Result.of(Scenarios.CHAIN, "activity", chains, calls), "timeByFloor"),
        Result.of(FLOOR + "-after", "step", after, Double.NaN),
        Result.of(FLOOR + "-and-delete", "step", deleting, Double.NaN),
        Result.of("plain-protocol", "step", plain, Double.NaN));
  }
}
