package io.durable4j.internal.dispatch;

import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.EngineEvent.PermitKind;
import io.durable4j.internal.observe.Observer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells once when work waits for a permit, and again only after none waited. Thread-safe. */
final class Saturation {
  private final Observer observer;
  private final PermitKind kind;
  private final int total;
  private final AtomicBoolean full = new AtomicBoolean();

  Saturation(Observer observer, PermitKind kind, int total) {
    this.observer = observer;
    this.kind = kind;
    this.total = total;
  }

  /** There is work, and no permit for it. */
  void begins() {
    if (!full.get() && full.compareAndSet(false, true)) {
      observer.on(new EngineEvent.PermitsExhausted(kind, total));
    }
  }

  /** No work waits for a permit. */
  void over() {
    if (full.get()) {
      full.set(false);
    }
  }
}
