package io.durable4j.inmemory.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.balance.BalanceRun;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Another number of seeds, and others, by {@code -Dbalance.seeds} and {@code -Dbalance.from}. */
class BalanceTest {
  @Test
  void partitionsFollowTheWorkers() {
    long from = Long.getLong("balance.from", 0);
    int seeds = Integer.getInteger("balance.seeds", 200);
    Map<String, Integer> changes = new TreeMap<>();
    long reads = 0;
    int takeOvers = 0;
    int turns = 0;
    double share = 1;
    Duration worst = Duration.ZERO;
    long begun = System.nanoTime();
    try (Carriers carriers = Carriers.create()) {
      for (long seed = from; seed < from + seeds; seed++) {
        BalanceRun.Result r = BalanceRun.run(seed, InMemoryBackend::create, carriers);
        assertThat(r.wrong()).as("%s", r).isEmpty();
        assertThat(r.foreignReads()).as("%s", r).isZero();
        assertThat(r.worstSpread()).as("%s", r).isLessThanOrEqualTo(1);
        assertThat(r.unowned()).as("%s", r).isZero();
        assertThat(r.movesAtRest()).as("%s", r).isZero();
        assertThat(r.worstTakeOver()).as("%s", r).isLessThanOrEqualTo(BalanceRun.takeOverLimit());
        assertThat(r.leastShare()).as("%s", r).isGreaterThanOrEqualTo(0.95);
        assertThat(r.turnsAtRest()).as("%s", r).isPositive();
        r.changes().forEach((what, n) -> changes.merge(what, n, Integer::sum));
        reads += r.reads();
        takeOvers += r.takeOvers();
        turns += r.turnsAtRest();
        share = Math.min(share, r.leastShare());
        worst = r.worstTakeOver().compareTo(worst) > 0 ? r.worstTakeOver() : worst;
      }
    }
    System.out.printf(
        "balance, %d seeds: %s; %d reads, none by a non-owner; %d partitions taken over from the"
            + " dead, the slowest %s after its expiry; %d turns at rest, the least share of an"
            + " instance's turns on one worker %.2f; %.0f s%n",
        seeds, changes, reads, takeOvers, worst, turns, share, (System.nanoTime() - begun) / 1e9);
    assertThat(changes).containsKeys("join", "leave", "kill", "freeze");
    assertThat(takeOvers).isPositive();
  }
}
