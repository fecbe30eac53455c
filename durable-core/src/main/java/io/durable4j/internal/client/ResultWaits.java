package io.durable4j.internal.client;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who wait for instances in this process. Thread-safe. */
public final class ResultWaits {
  private final Map<InstanceId, List<Signal>> waits = new HashMap<>();
  private boolean closed;

  /** Nobody waits. */
  public ResultWaits() {}

  /**
   * Wakes those who wait for an instance.
   *
   * @param instance which
   */
  public void changed(InstanceId instance) {
    List<Signal> signals;
    synchronized (this) {
      signals = waits.getOrDefault(instance, List.of());
    }
    signals.forEach(Signal::raise);
  }

  synchronized void add(InstanceId instance, Signal signal) {
    waits.computeIfAbsent(instance, id -> new CopyOnWriteArrayList<>()).add(signal);
  }

  synchronized void remove(InstanceId instance, Signal signal) {
    List<Signal> signals = waits.get(instance);
    if (signals != null) {
      signals.remove(signal);
      if (signals.isEmpty()) {
        waits.remove(instance);
      }
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  void close() {
    List<List<Signal>> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(waits.values());
    }
    all.forEach(signals -> signals.forEach(Signal::raise));
  }
}
