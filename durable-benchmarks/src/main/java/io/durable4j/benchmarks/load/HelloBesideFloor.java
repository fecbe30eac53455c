package io.durable4j.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Many short orchestrations on storage services, and what their calls take without an engine on
 * servers of their own: those that the backend makes, and those of the plain protocol.
 *
 * @param count orchestrations
 */
record HelloBesideFloor(int count) implements Scenario {
  @Override
  public List<Result> measure(Rounds rounds) {
    Result hello = rounds.measure(Scenarios.HELLO, "orchestration", new Chain(3, count, true));
    return List.of(
        hello,
        bare("floor-" + Scenarios.HELLO, rounds, false),
        bare("plain-" + Scenarios.HELLO, rounds, true));
  }

  private Result bare(String name, Rounds rounds, boolean plain) {
    List<Round> measured = new ArrayList<>();
    int clients = rounds.options().size().clients();
    for (int i = 1; i <= rounds.options().size().rounds(); i++) {
      rounds.progress().round(name, i, rounds.options().size().rounds());
      try (AzureServer server = AzureServer.start(rounds.options());
          HelloFloor floor = new HelloFloor(server)) {
        floor.round(count, clients, plain); // until both sides know it
        measured.add(floor.round(count, clients, plain));
      }
    }
    return Result.of(name, "orchestration", measured, Double.NaN);
  }
}
