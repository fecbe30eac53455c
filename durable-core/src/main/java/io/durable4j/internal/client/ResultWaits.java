package io.durable4j.internal.client;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Those who wait for instances in this process. Thread-safe. */
public final class ResultWaits {
  private final Map<InstanceId, List<Wait>> waits = new HashMap<>();
  private boolean closed;

  /** One who waits until an instance has such a status. */
  record Wait(Predicate<OrchestrationStatus> isFor, Signal signal) {}

  /** Nobody waits. */
  public ResultWaits() {}

  /**
   * Wakes those who wait for an instance, unless the change is none that they wait for.
   *
   * @param instance which
   * @param status its status by now; null when it is not known
   */
  public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
    List<Wait> those;
    synchronized (this) {
      those = waits.getOrDefault(instance, List.of());
    }
    for (Wait wait : those) {
      if (status == null || wait.isFor.test(status)) {
        wait.signal.raise();
      }
    }
  }

  synchronized void add(InstanceId instance, Wait wait) {
    waits.computeIfAbsent(instance, id -> new CopyOnWriteArrayList<>()).add(wait);
  }

  synchronized void remove(InstanceId instance, Wait wait) {
    List<Wait> those = waits.get(instance);
    if (those != null) {
      those.remove(wait);
      if (those.isEmpty()) {
        waits.remove(instance);
      }
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  void close() {
    List<List<Wait>> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(waits.values());
    }
    all.forEach(those -> those.forEach(wait -> wait.signal.raise()));
  }
}
