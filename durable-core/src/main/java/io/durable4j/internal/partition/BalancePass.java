package io.durable4j.internal.partition;

import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at the partition table: which rows this worker claims, renews, gives up or asks for.
 * Pure. A row is claimed when it is free, expired, or promised to this worker; renewed when it is
 * ours and nobody asks for it; drained and then freed when somebody does. Then the worker asks the
 * owners that have more than the average for as much as it is short of.
 */
final class BalancePass {
  private final WorkerId me;
  private final Instant now;
  private final Duration lease;
  private final boolean leaving;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Integer> countByOwner = new TreeMap<>();
  private final List<PartitionRow> othersRows = new ArrayList<>();
  private boolean hurried;

  /** A row to write in place of another. */
  record Change(PartitionRow seen, PartitionRow next) {}

  /**
   * What to do.
   *
   * @param changes rows to write
   * @param hurried whether something is under way that deserves a look soon
   */
  record Plan(List<Change> changes, boolean hurried) {}

  private BalancePass(WorkerId me, Instant now, Duration lease, boolean leaving) {
    this.me = me;
    this.now = now;
    this.lease = lease;
    this.leaving = leaving;
  }

  /**
   * Plans a pass.
   *
   * @param rows the table
   * @param drained which partitions of ours have been drained to the end
   */
  static Plan plan(
      List<PartitionRow> rows,
      WorkerId me,
      Instant now,
      Duration lease,
      boolean leaving,
      List<Integer> drained) {
    BalancePass pass = new BalancePass(me, now, lease, leaving);
    for (PartitionRow row : rows) {
      pass.look(row, drained.contains(row.partition()));
    }
    if (!leaving) {
      pass.balance(rows.size());
    }
    return new Plan(pass.changes, pass.hurried);
  }

  private void look(PartitionRow row, boolean drained) {
    boolean free = row.owner() == null && row.nextOwner() == null;
    boolean promised = row.owner() == null && me.equals(row.nextOwner());
    boolean expired = !now.isBefore(row.expiresAt());
    boolean mine = me.equals(row.owner());
    if (!leaving && (free || promised || (expired && !mine))) {
      change(row, me, null, false, now.plus(lease), row.epoch() + 1);
      count(me);
    } else if (mine) {
      own(row, drained);
    } else {
      foreign(row);
    }
  }

  private void own(PartitionRow row, boolean drained) {
    if (row.nextOwner() == null && !leaving) {
      change(row, me, null, false, now.plus(lease), row.epoch());
      count(me);
    } else if (drained) {
      change(row, null, row.nextOwner(), false, row.expiresAt(), row.epoch());
      countNext(row);
    } else {
      hurried = true;
      change(row, me, row.nextOwner(), true, now.plus(lease), row.epoch());
      countNext(row);
    }
  }

  private void foreign(PartitionRow row) {
    if (row.nextOwner() != null) {
      countNext(row);
      hurried |= me.equals(row.nextOwner());
    } else if (row.draining() && !leaving) {
      change(row, row.owner(), me, true, row.expiresAt(), row.epoch());
      count(me);
      hurried = true;
    } else if (row.owner() != null) {
      count(row.owner());
      othersRows.add(row);
    }
  }

  private void balance(int rows) {
    int mine = countByOwner.getOrDefault(me.value(), 0);
    Map<String, Integer> others = new TreeMap<>(countByOwner);
    others.remove(me.value());
    int average = rows / (others.size() + 1);
    for (var other : others.entrySet()) {
      int excess = other.getValue() - average;
      int want = average - mine;
      if (want < 0) {
        return;
      }
      if (excess <= 0 || (want == 0 && excess <= 1)) {
        continue;
      }
      int take = Math.min(Math.max(want, 1), excess);
      for (PartitionRow row : othersRows) {
        if (take > 0 && row.owner() != null && row.owner().value().equals(other.getKey())) {
          change(row, row.owner(), me, row.draining(), row.expiresAt(), row.epoch());
          take--;
          mine++;
          hurried = true;
        }
      }
    }
  }

  private void countNext(PartitionRow row) {
    if (row.nextOwner() != null) {
      count(row.nextOwner());
    }
  }

  private void count(WorkerId owner) {
    countByOwner.merge(owner.value(), 1, Integer::sum);
  }

  private void change(
      PartitionRow seen,
      @Nullable WorkerId owner,
      @Nullable WorkerId next,
      boolean draining,
      Instant expiresAt,
      long epoch) {
    changes.add(
        new Change(
            seen,
            new PartitionRow(
                seen.partition(), owner, next, draining, expiresAt, epoch, seen.version())));
  }
}
