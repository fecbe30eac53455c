package io.durable4j.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Many short orchestrations on storage services, and what their calls take without an engine: those
 * that the backend makes, and those of the plain protocol. Each has a server of its own, and they
 * take turns: the first rounds are slower for all of them.
 *
 * @param count orchestrations
 */
record HelloBesideFloor(int count) implements Scenario {
  private static final String UNIT = "orchestration";

  @Override
  public List<Result> measure(Rounds rounds) {
    Chain load = new Chain(3, count, true);
    List<Round> hello = new ArrayList<>();
    List<Round> floor = new ArrayList<>();
    List<Round> plain = new ArrayList<>();
    Ratios byFloor = new Ratios();
    Ratios byPlain = new Ratios();
    double calls = Double.NaN;
    rounds.warmUp(Scenarios.HELLO, load);
    int all = rounds.options().size().rounds();
    for (int i = 0; i < all; i++) {
      rounds.progress().round(Scenarios.HELLO, i + 1, all);
      Rounds.Measured measured = rounds.round(load);
      calls = measured.calls();
      hello.add(measured.round());
      floor.add(bare(rounds, false));
      plain.add(bare(rounds, true));
      byFloor.add(timeOf(hello.get(i)), timeOf(floor.get(i)));
      byPlain.add(timeOf(hello.get(i)), timeOf(plain.get(i)));
    }
    Result result = Result.of(Scenarios.HELLO, UNIT, hello, calls);
    return List.of(
        byPlain.on(byFloor.on(result, "timeByFloor"), "timeByPlain"),
        Result.of("floor-" + Scenarios.HELLO, UNIT, floor, Double.NaN),
        Result.of("plain-" + Scenarios.HELLO, UNIT, plain, Double.NaN));
  }

  private static double timeOf(Round round) {
    return (double) round.usage().nanos() / round.ops();
  }

  private Round bare(Rounds rounds, boolean plain) {
    int clients = rounds.options().size().clients();
    try (AzureServer server = AzureServer.start(rounds.options());
        HelloFloor floor = new HelloFloor(server)) {
      floor.round(count, clients, plain); // until both sides know it
      return floor.round(count, clients, plain);
    }
  }
}
