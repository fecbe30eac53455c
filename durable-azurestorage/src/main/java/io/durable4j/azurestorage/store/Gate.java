package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.spi.BackendClosedException;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.StorageException;
import java.util.function.Supplier;

/**
 * Refuses calls once the backend is closed, or the hub deleted by it. That another process deleted
 * the hub the services tell. Thread-safe.
 */
final class Gate {
  private boolean closed;
  private long incarnation;

  /** True the first time. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  synchronized void check() {
    if (closed) {
      throw new BackendClosedException("The Azure backend is closed; the call had no effect");
    }
  }

  /** Ends the calls of those who have the hub open. */
  synchronized void deleted() {
    incarnation++;
  }

  /** What an opening shows from now on. */
  synchronized Pass pass() {
    return new Pass(this, incarnation);
  }

  /** The right to make calls. */
  record Pass(Gate gate, long incarnation) {
    void check() {
      synchronized (gate) {
        gate.check();
        if (gate.incarnation != incarnation) {
          throw new HubException(
              Reason.GONE, "The task hub was deleted; close the host, or create it anew");
        }
      }
    }

    /**
     * Makes a call. What the services refuse here they took before: a hub that another process
     * deletes is gone, and a role that was taken away may be given back, so that the engine goes on
     * trying.
     */
    <T> T call(Supplier<T> call) {
      check();
      try {
        return call.get();
      } catch (AccountException e) {
        switch (e.reason()) {
          case MISSING, BEING_DELETED ->
              throw new HubException(
                  Reason.GONE,
                  "The task hub is not whole any more; close the host, or create it anew: "
                      + e.getMessage(),
                  e);
          default -> throw new StorageException(String.valueOf(e.getMessage()), e);
        }
      }
    }

    void run(Runnable call) {
      call(
          () -> {
            call.run();
            return true;
          });
    }
  }
}
