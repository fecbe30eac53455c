package io.durable4j.internal.partition;

import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Offers partitions to other workers that may know what is unknown here: the owner writes the other
 * in as next owner, and goes on as if that one had asked. Workers are tried in turn; a partition is
 * offered at most once in three intervals, since each move costs its instances a pause. One thread.
 */
final class Offers {
  private static final int INTERVALS = 3;

  private final WorkerId me;
  private final long pauseNanos;
  private final Observer observer;
  private final Map<Integer, Long> notBefore = new HashMap<>();
  private final Map<Integer, Integer> offered = new HashMap<>();

  Offers(WorkerId me, Duration interval, Observer observer) {
    this.me = me;
    this.pauseNanos = interval.toNanos() * INTERVALS;
    this.observer = observer;
  }

  /**
   * A plan with at most one offer in place of a renewal.
   *
   * @param foreign partitions of ours with messages for unknown names
   */
  BalancePass.Plan added(
      BalancePass.Plan plan, PartitionTable.Snapshot seen, List<Integer> foreign, long nanos) {
    for (int i = 0; i < plan.changes().size(); i++) {
      BalancePass.Change change = plan.changes().get(i);
      int partition = change.seen().partition();
      if (!foreign.contains(partition)
          || !isRenewal(change)
          || notBefore.getOrDefault(partition, Long.MIN_VALUE) > nanos) {
        continue;
      }
      WorkerId other = other(seen, partition);
      if (other == null) {
        return plan;
      }
      notBefore.put(partition, nanos + pauseNanos);
      observer.on(new EngineEvent.PartitionOffered(partition, other.value()));
      List<BalancePass.Change> changes = new ArrayList<>(plan.changes());
      changes.set(i, new BalancePass.Change(change.seen(), to(other, change.next())));
      return new BalancePass.Plan(changes, plan.hurried());
    }
    return plan;
  }

  private boolean isRenewal(BalancePass.Change change) {
    PartitionRow next = change.next();
    return me.equals(change.seen().owner())
        && me.equals(next.owner())
        && next.nextOwner() == null
        && !next.draining();
  }

  private static PartitionRow to(WorkerId other, PartitionRow r) {
    return new PartitionRow(
        r.partition(), r.owner(), other, false, r.expiresAt(), r.epoch(), r.version());
  }

  /** The next of the others that hold or expect a partition; null when nobody is seen. */
  private @Nullable WorkerId other(PartitionTable.Snapshot seen, int partition) {
    Map<String, WorkerId> others = new TreeMap<>();
    Instant now = seen.now();
    for (PartitionRow row : seen.rows()) {
      for (WorkerId w : new WorkerId[] {row.owner(), row.nextOwner()}) {
        if (w != null && !w.equals(me) && now.isBefore(row.expiresAt()) && !row.draining()) {
          others.put(w.value(), w);
        }
      }
    }
    List<WorkerId> all = List.copyOf(others.values());
    if (all.isEmpty()) {
      return null;
    }
    int before = offered.merge(partition, 1, Integer::sum) - 1;
    return all.get((before + partition) % all.size());
  }
}
