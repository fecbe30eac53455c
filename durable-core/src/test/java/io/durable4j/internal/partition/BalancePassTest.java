package io.durable4j.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.Version;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BalancePassTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(20);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Version V = new Version("1");
  private static final WorkerId ME = new WorkerId("me");
  private static final WorkerId OTHER = new WorkerId("other");

  private static PartitionRow row(
      int p, @Nullable WorkerId owner, @Nullable WorkerId next, boolean draining, Instant until) {
    return new PartitionRow(p, owner, next, draining, until, 5, V);
  }

  private static PartitionRow owned(int p, WorkerId owner) {
    return row(p, owner, null, false, LATER);
  }

  private static BalancePass.Plan plan(PartitionRow... rows) {
    return BalancePass.plan(List.of(rows), ME, NOW, LEASE, false, List.of());
  }

  private static PartitionRow only(BalancePass.Plan plan) {
    assertThat(plan.changes()).hasSize(1);
    return plan.changes().get(0).next();
  }

  private static final PartitionRow MINE_ANEW =
      new PartitionRow(0, ME, null, false, NOW.plus(LEASE), 6, V);

  @Test
  void free_promised_and_expired_rows_are_claimed_with_a_new_epoch() {
    assertThat(only(plan(row(0, null, null, false, LATER)))).isEqualTo(MINE_ANEW);
    assertThat(only(plan(row(0, null, ME, false, LATER)))).isEqualTo(MINE_ANEW);
    assertThat(only(plan(row(0, OTHER, null, false, NOW)))).isEqualTo(MINE_ANEW);
    assertThat(only(plan(row(0, null, OTHER, false, NOW)))).isEqualTo(MINE_ANEW);
    assertThat(only(plan(row(0, OTHER, OTHER, true, NOW.minusMillis(1))))).isEqualTo(MINE_ANEW);
  }

  @Test
  void rows_of_others_and_rows_promised_to_others_are_left_alone() {
    assertThat(plan(owned(0, OTHER)).changes()).isEmpty();
    assertThat(plan(row(0, null, OTHER, false, LATER)).changes()).isEmpty();
    assertThat(plan(row(0, OTHER, null, false, NOW.plusMillis(1))).changes()).isEmpty();
  }

  @Test
  void own_rows_are_renewed_in_the_same_epoch_even_when_expired() {
    for (Instant until : List.of(LATER, NOW, NOW.minusSeconds(9))) {
      BalancePass.Plan plan = plan(row(0, ME, null, false, until));
      assertThat(only(plan)).isEqualTo(new PartitionRow(0, ME, null, false, NOW.plus(LEASE), 5, V));
      assertThat(plan.hurried()).isFalse();
    }
  }

  @Test
  void an_own_row_that_another_asks_for_is_drained_and_then_handed_over() {
    PartitionRow asked = row(0, ME, OTHER, false, LATER);
    BalancePass.Plan drain = plan(asked);
    assertThat(only(drain)).isEqualTo(row(0, ME, OTHER, true, NOW.plus(LEASE)));
    assertThat(drain.hurried()).isTrue();
    BalancePass.Plan over = BalancePass.plan(List.of(asked), ME, NOW, LEASE, false, List.of(0));
    assertThat(only(over)).isEqualTo(row(0, null, OTHER, false, LATER));
  }

  @Test
  void the_difference_to_the_average_is_asked_for() {
    BalancePass.Plan plan =
        plan(owned(0, OTHER), owned(1, OTHER), owned(2, OTHER), owned(3, OTHER));
    assertThat(plan.changes()).hasSize(2);
    assertThat(plan.changes())
        .allSatisfy(
            c ->
                assertThat(c.next()).isEqualTo(row(c.seen().partition(), OTHER, ME, false, LATER)));
    assertThat(plan.hurried()).isTrue();
    assertThat(plan(owned(0, OTHER), owned(1, OTHER), owned(2, ME)).changes()).hasSize(1);
  }

  @Test
  void a_leaving_worker_claims_nothing_and_gives_up_what_it_has() {
    BalancePass.Plan leave =
        BalancePass.plan(
            List.of(owned(0, ME), owned(1, ME), row(2, null, null, false, NOW), owned(3, OTHER)),
            ME,
            NOW,
            LEASE,
            true,
            List.of(1));
    assertThat(leave.changes())
        .extracting(BalancePass.Change::next)
        .containsExactly(row(0, ME, null, true, NOW.plus(LEASE)), row(1, null, null, false, LATER));
  }

  @Test
  void a_row_that_is_drained_for_nobody_is_asked_for() {
    BalancePass.Plan plan = plan(row(0, OTHER, null, true, LATER));
    assertThat(only(plan)).isEqualTo(row(0, OTHER, ME, true, LATER));
  }

  /** Workers take turns in random order on one table; each drains within one pass. */
  private static final class Table {
    private final List<PartitionRow> rows = new ArrayList<>();
    private Instant now = NOW;

    Table(int partitions) {
      for (int i = 0; i < partitions; i++) {
        rows.add(new PartitionRow(i, null, null, false, NOW, 0, V));
      }
    }

    int pass(WorkerId worker, boolean leaving) {
      List<Integer> drained =
          rows.stream()
              .filter(r -> worker.equals(r.owner()) && r.draining())
              .map(PartitionRow::partition)
              .toList();
      int moves = 0;
      for (BalancePass.Change c :
          BalancePass.plan(List.copyOf(rows), worker, now, LEASE, leaving, drained).changes()) {
        PartitionRow next = c.next();
        PartitionRow seen = rows.set(next.partition(), next);
        assertThat(seen).isEqualTo(c.seen());
        boolean renewal =
            worker.equals(seen.owner()) && worker.equals(next.owner()) && !next.draining();
        moves += renewal ? 0 : 1;
      }
      return moves;
    }

    void round(List<WorkerId> workers, Random random) {
      List<WorkerId> order = new ArrayList<>(workers);
      Collections.shuffle(order, random);
      order.forEach(w -> pass(w, false));
      now = now.plusSeconds(5);
    }

    void assertBalanced(List<WorkerId> workers) {
      Map<WorkerId, Integer> counts = new HashMap<>();
      workers.forEach(w -> counts.put(w, 0));
      for (PartitionRow r : rows) {
        assertThat(workers).contains(r.owner());
        assertThat(r.nextOwner()).isNull();
        counts.merge(r.owner(), 1, Integer::sum);
      }
      int spread = Collections.max(counts.values()) - Collections.min(counts.values());
      assertThat(spread).as("%s", counts).isLessThanOrEqualTo(1);
      // At rest nothing moves any more.
      for (WorkerId w : workers) {
        assertThat(pass(w, false)).isZero();
      }
    }
  }

  private static List<WorkerId> workers(int n) {
    return IntStream.range(0, n).mapToObj(i -> new WorkerId("w" + i)).toList();
  }

  @Test
  void workers_converge_to_a_spread_of_one_when_they_come_and_die() {
    for (int partitions = 1; partitions <= 16; partitions++) {
      for (int most = 1; most <= 5; most++) {
        for (int seed = 0; seed < 10; seed++) {
          Random random = new Random(seed * 1_000L + partitions * 10 + most);
          Table table = new Table(partitions);
          for (int n = 1; n <= most; n++) {
            table.pass(workers(1).get(0), false);
            for (int i = 0; i < 20; i++) {
              table.round(workers(n), random);
            }
            table.assertBalanced(workers(n));
          }
          List<WorkerId> survivors = workers(most).subList(most / 2, most);
          for (int i = 0; i < 40; i++) {
            table.round(survivors, random);
          }
          table.assertBalanced(survivors);
        }
      }
    }
  }

  @Test
  void a_worker_that_leaves_hands_everything_over() {
    List<WorkerId> three = workers(3);
    Table table = new Table(8);
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      table.round(three, random);
    }
    for (int i = 0; i < 3; i++) {
      table.pass(three.get(0), true);
      table.round(three.subList(1, 3), random);
    }
    assertThat(table.rows).noneMatch(r -> three.get(0).equals(r.owner()));
    for (int i = 0; i < 10; i++) {
      table.round(three.subList(1, 3), random);
    }
    table.assertBalanced(three.subList(1, 3));
  }
}
