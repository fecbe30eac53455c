package io.durable4j.internal.client;

import io.durable4j.client.InstanceRunningException;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes finished instances. The store removes an execution only as it was seen here: terminal,
 * and not another that took its id meanwhile.
 */
final class Purge {
  private final ClientParts parts;
  private final Finder finder;

  Purge(ClientParts parts) {
    this.parts = parts;
    this.finder = new Finder(parts);
  }

  /** Whether there was something to remove. */
  boolean purge(InstanceId id, boolean recursive) {
    Optional<InstanceState> found = parts.calling(() -> parts.hub().queries().get(id));
    if (found.isEmpty() && !recursive) {
      return false;
    }
    Map<InstanceId, InstanceState> tree = new LinkedHashMap<>();
    found.ifPresent(s -> tree.put(id, s));
    if (recursive) {
      addDescendants(id, tree);
    }
    for (InstanceState s : tree.values()) {
      refuseLive(s);
    }
    List<InstanceState> order = new ArrayList<>(tree.values());
    boolean any = false;
    for (int i = order.size() - 1; i >= 0; i--) {
      any |= remove(order.get(i));
    }
    return any;
  }

  /** Whether this execution is gone by this call; a repeat after an unknown answer counts too. */
  boolean remove(InstanceState seen) {
    if (parts.calling(() -> parts.hub().instances().purge(seen))) {
      return true;
    }
    Optional<InstanceState> now = parts.calling(() -> parts.hub().queries().get(seen.id()));
    now.filter(s -> s.execution().equals(seen.execution())).ifPresent(Purge::refuseLive);
    return false;
  }

  /** Ancestors before descendants, each once. */
  private void addDescendants(InstanceId id, Map<InstanceId, InstanceState> tree) {
    List<InstanceId> level = List.of(id);
    while (!level.isEmpty()) {
      List<InstanceId> next = new ArrayList<>();
      for (InstanceId parent : level) {
        for (InstanceState child : finder.children(parent)) {
          if (tree.putIfAbsent(child.id(), child) == null) {
            next.add(child.id());
          }
        }
      }
      level = next;
    }
  }

  private static void refuseLive(InstanceState s) {
    if (!s.status().isTerminal()) {
      throw new InstanceRunningException(
          s.id().value(),
          "Instance "
              + s.id()
              + " is "
              + s.status()
              + " and cannot be purged; terminate it first, or wait for its end");
    }
  }
}
