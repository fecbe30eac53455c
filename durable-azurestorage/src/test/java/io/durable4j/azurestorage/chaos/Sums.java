package io.durable4j.azurestorage.chaos;

import io.durable4j.orchestration.EntityId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the entities must hold when each orchestration has had its effect once. */
final class Sums {
  private Sums() {}

  /** The sums by the entities' keys. */
  static Map<String, Integer> of(List<Mix.Case> cases) {
    Map<String, Integer> sums = new TreeMap<>();
    for (Mix.Case c : cases) {
      add(sums, Code.STARTS, 1);
      switch (c.mix()) {
        case COUNT -> {
          add(sums, Code.signalled(c.number()), c.number());
          add(sums, Code.CALLS, 1);
        }
        case TRANSFER -> {
          add(sums, Code.account(c.number()), -c.number());
          add(sums, Code.account(c.number() + 1), c.number());
        }
        default -> {
          // has no further effect on entities
        }
      }
    }
    return sums;
  }

  private static void add(Map<String, Integer> sums, EntityId<Tally> entity, int n) {
    sums.merge(entity.key(), n, Integer::sum);
  }
}
