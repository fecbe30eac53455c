package io.durable4j.inmemory;

import io.durable4j.message.Encoders;
import io.durable4j.spi.BackendClosedException;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.PayloadLimit;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.WakeUps;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub of a backend: its state behind one lock, its log, and who wants hints. */
final class Hub {
  private static final Logger LOG = LoggerFactory.getLogger(InMemoryBackend.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final List<WakeUps> listeners = new CopyOnWriteArrayList<>();
  private final PartitionRows partitions = new PartitionRows();
  private final Settings settings;
  private final HubState state;
  private final Log log;
  private final Encoders encoders = new Encoders();
  private final PayloadLimit limit;
  private long incarnation;
  private boolean closed;

  /** Why a call ended after it had changed something, and before it had changed all; else null. */
  private @Nullable Throwable halfway;

  Hub(Settings settings, HubState state, Log log) {
    this.settings = settings;
    this.state = state;
    this.log = log;
    this.limit = new PayloadLimit(settings.maxPayload());
    HubSpec stored = state.spec();
    if (stored != null) {
      partitions.reset(stored.partitions());
    }
  }

  HubSpec create(HubSpec wanted) {
    return run(
        tx -> {
          tx.dependsOn(tx.state().untied());
          HubSpec stored = tx.state().spec();
          if (stored != null) {
            return stored;
          }
          tx.change(new Change.CreateHub(wanted));
          tx.then(() -> partitions.reset(wanted.partitions()));
          return wanted;
        });
  }

  void delete() {
    run(
        tx -> {
          tx.dependsOn(tx.state().untied());
          if (tx.state().spec() != null) {
            tx.change(new Change.DeleteHub());
            tx.then(() -> incarnation++);
          }
          return true;
        });
  }

  /** Checks that the hub is as expected; answers which incarnation of it this is. */
  long open(HubSpec wanted) {
    Found found =
        run(
            tx -> {
              tx.dependsOn(tx.state().untied());
              return new Found(tx.state().spec(), incarnation);
            });
    HubSpec stored = found.spec();
    if (stored == null) {
      throw HubException.missing(wanted);
    }
    if (!stored.equals(wanted)) {
      throw HubException.mismatch(stored, wanted);
    }
    return found.incarnation();
  }

  private record Found(@Nullable HubSpec spec, long incarnation) {}

  /** Runs a call against the incarnation that was opened; it fails once that one is deleted. */
  <R> R transact(long opened, Function<Transaction, R> call) {
    Optional<R> answer =
        run(
            tx -> {
              if (opened == incarnation) {
                return Optional.of(call.apply(tx));
              }
              tx.dependsOn(tx.state().untied());
              return Optional.empty();
            });
    return answer.orElseThrow(
        () ->
            new HubException(
                Reason.GONE, "The task hub was deleted; close the host, or create it anew"));
  }

  /**
   * Runs a call. What it answers is durable when this returns; what it throws is not waited for.
   */
  private <R> R run(Function<Transaction, R> call) {
    R answer;
    Transaction tx;
    lock.lock();
    try {
      if (closed) {
        throw new BackendClosedException("The in-memory backend is closed; the call had no effect");
      }
      if (halfway != null) {
        throw new StorageException(
            "A former call ended halfway ("
                + halfway
                + "), so what is in memory is unknown; close the backend and open it again",
            halfway);
      }
      log.check();
      tx = new Transaction(state, partitions, settings.clock().instant());
      answer = call.apply(tx);
      boolean changes = !tx.changes().isEmpty();
      long end = changes ? log.append(tx.changes()) : 0;
      apply(tx, end);
      if (changes) {
        log.applied(state);
      }
    } finally {
      lock.unlock();
    }
    log.await(tx.position());
    log.awaitWritten(tx.end());
    wake(tx);
    return answer;
  }

  private void apply(Transaction tx, long end) {
    try {
      tx.apply(end);
    } catch (Throwable t) { // there may be no memory for an entry of a table
      halfway = t;
      throw t;
    }
  }

  private void wake(Transaction tx) {
    for (WakeUps w : listeners) {
      try {
        List<QueueId> ready = tx.readyQueues();
        for (int i = 0; i < ready.size(); i++) {
          w.ready(ready.get(i));
        }
        if (tx.changedInstance() != null) {
          w.changed(tx.changedInstance(), tx.changedStatus());
        }
      } catch (RuntimeException e) {
        // the call has taken effect; who listens cannot undo it
        LOG.warn("A listener failed on a hint; it may miss others", e);
      }
    }
  }

  void listen(WakeUps w) {
    listeners.add(w);
  }

  void forget(WakeUps w) {
    listeners.remove(w);
  }

  Encoders encoders() {
    return encoders;
  }

  /** Whether there is a log that needs the bytes of everything. */
  boolean isLogged() {
    return log.writes();
  }

  PayloadLimit limit() {
    return limit;
  }

  long flushes() {
    return log.flushes();
  }

  void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    listeners.clear();
    log.close();
  }
}
