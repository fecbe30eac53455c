package io.durable4j.azurestorage.store;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.WakeUps;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all openings of a hub in this process what one of them did; what other processes do their
 * polls find. Thread-safe.
 */
final class Hints implements WakeUps {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackend.class);

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** One opening; another than that of the same receiver. */
  private static final class Listener {
    final WakeUps to;

    Listener(WakeUps to) {
      this.to = to;
    }
  }

  /** Begins to tell; the result ends it. */
  Runnable listen(WakeUps to) {
    Listener listener = new Listener(to);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void ready(QueueId queue) {
    tell(to -> to.ready(queue));
  }

  @Override
  public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
    tell(to -> to.changed(instance, status));
  }

  private void tell(Consumer<WakeUps> what) {
    for (Listener listener : listeners) {
      try {
        what.accept(listener.to);
      } catch (RuntimeException e) {
        // the call has taken effect; who listens cannot undo it
        LOG.warn("A listener failed on a hint; it may miss others", e);
      }
    }
  }
}
