package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.format.BlobNames;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.store.InstanceReader.Loaded;
import io.durable4j.azurestorage.store.TurnHistory.Done;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Refused;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.PayloadLimit;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Instances in two tables: a history with its sentinel, and a row of its own for queries. Nobody is
 * fenced off but by versions, most of which are the sentinel's.
 *
 * <p>A commit goes in this order, and a crash leaves what stands before it:
 *
 * <ol>
 *   <li>The mark of an instance that comes to be ({@link Reservation}).
 *   <li>The messages. The turn runs again and sends them again, with the same ids.
 *   <li>Large texts in blobs, which nothing names yet; a purge removes them.
 *   <li>History and state ({@link TurnHistory}): from here on it is committed.
 *   <li>The row for queries, where it is behind ({@link RowWriter}). The next load or commit writes
 *       it.
 *   <li>Blobs that nothing names any more are deleted, or stay until a purge.
 *   <li>The consumed messages are deleted, or come again and are known. The next turn need not wait
 *       for that ({@link Deletions}).
 * </ol>
 *
 * <p>What is retracted goes where this process sent it and remembers how; else it stays in its
 * queue, since messages cannot be deleted there by who did not receive them.
 */
final class TableInstances implements InstanceStore {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackend.class);
  private static final int KNOWN = 10_000;
  private static final long KNOWN_CHARS = 8 << 20;
  private static final Duration AGES = Duration.ofDays(100_000);

  private final HubParts parts;
  private final QueueMessages messages;
  private final SizeLimits limits;
  private final InstanceReader reader;
  private final RowWriter rows;
  private final TurnHistory history;
  private final Reservation reservation;
  private final Stands stands = new Stands(KNOWN, KNOWN_CHARS);

  TableInstances(HubParts parts, QueueMessages messages, int maxPayload) {
    this.parts = parts;
    this.messages = messages;
    limits = new SizeLimits(new PayloadLimit(maxPayload));
    reader = new InstanceReader(parts);
    rows = new RowWriter(parts, reader);
    history = new TurnHistory(parts);
    reservation = new Reservation(parts, reader, history);
  }

  @Override
  public CreateOutcome create(NewInstance instance, ReusePolicy policy) {
    limits.check(instance);
    return new Creation(parts, messages, this, reservation).create(instance, policy);
  }

  @Override
  public boolean purge(InstanceState seen) {
    stands.forget(seen.id());
    return new Purge(parts, reader).purge(seen);
  }

  @Override
  public Stored load(InstanceId instance, Fence fence) {
    Loaded loaded = loadShown(instance);
    Stand stand = loaded.stand();
    return new Stored(
        loaded.state(),
        loaded.history(),
        stand.version(),
        stand.last(),
        new LinkedHashSet<>(stand.mayReturn()));
  }

  /** Reads an instance, and brings its row up to what was read. */
  Loaded loadShown(InstanceId id) {
    Loaded loaded = reader.load(id, stands.get(id));
    Stand stand = loaded.stand();
    InstanceState state = loaded.state();
    if (stand.kind() == Stand.Kind.BEGUN && state != null) {
      stand = stand.showing(rows.showLoaded(state, stand, loaded.rows()));
    }
    stands.put(stand);
    return new Loaded(stand, state, loaded.history(), loaded.rows());
  }

  /**
   * An instance is about to come to be, of which nothing is there. Its first turn may begin before
   * who creates it has been answered.
   */
  Stand awaited(InstanceState state) {
    Stand stand = Stand.created(state.id(), state.execution(), Stand.Shown.NOTHING);
    stands.put(stand);
    return stand;
  }

  /** An instance that was awaited has its row. */
  void created(Stand awaited, Stand.Shown row) {
    stands.replace(awaited, awaited.showing(row));
  }

  RowWriter rows() {
    return rows;
  }

  InstanceReader reader() {
    return reader;
  }

  @Override
  public CommitOutcome commit(TurnCommit c) {
    FailureDetails flaw = limits.flawOf(c);
    if (flaw != null) {
      return new Refused(flaw);
    }
    Stand basis = basis(c);
    if (basis == null) {
      return new Stale();
    }
    // until it is known how it ended, nothing is known of the instance
    stands.forget(basis.id());
    Stand reserved = reservation.take(c, basis);
    if (reserved == null) {
      return new Stale();
    }
    List<Delivery> claimed =
        c.outbound().isEmpty()
            ? List.of()
            : messages.send(c.outbound(), c.claimLease(), basis.episodesWith(c.history()));
    Done done;
    try {
      // now, since what was just sent may have taken the place of one of them
      done = history.write(c, reserved.returning(messages.unconfirmed(reserved.mayReturn())));
    } catch (AccountException e) {
      if (e.reason() != AccountException.Reason.TOO_LARGE) {
        throw e;
      }
      messages.consume(claimed);
      return new Refused(FailureDetails.of("TooLarge", String.valueOf(e.getMessage()), true));
    }
    if (done == null) {
      // What was claimed stays: its lease ends, and it runs once more for nothing. It must not be
      // deleted, since a commit whose answer was late may have been built on by now.
      return new Stale();
    }
    return committed(c, done, claimed);
  }

  /** The instance as the turn saw it; null when it is not so any more. */
  private @Nullable Stand basis(TurnCommit c) {
    InstanceId id = c.next().id();
    Stand known = stands.get(id);
    boolean fresh =
        known != null && known.version().equals(c.basedOn()) && (!known.ended() || id.isEntity());
    // what has ended may be replaced by a client, of which the version does not tell
    Stand basis = fresh ? known : loadShown(id).stand();
    return basis != null && basis.version().equals(c.basedOn()) ? basis : null;
  }

  private Committed committed(TurnCommit c, Done done, List<Delivery> claimed) {
    Stand stand = shown(c, done);
    Set<MessageId> mayReturn = c.consumed().isEmpty() ? Set.of() : messages.consume(c.consumed());
    stand = stand.without(c.consumed(), mayReturn);
    stands.put(stand);
    dropStarts(c, stand, mayReturn);
    messages.retract(c.retract());
    return new Committed(stand.version(), claimed, mayReturn);
  }

  /** What is committed is committed: where this fails, the next commit or load makes up for it. */
  private Stand shown(TurnCommit c, Done done) {
    Stand stand = done.stand();
    try {
      Stand.Shown before = stand.shown();
      Stand.Shown after = rows.showCommitted(c.next(), stand, done.rows());
      parts.largeTexts().delete(Garbage.of(done, before, after, reader.urls()));
      return stand.showing(after);
    } catch (StorageException | AccountException e) {
      LOG.debug("Queries show the former state of {} until its next turn", stand.id(), e);
      return stand;
    }
  }

  /** Blobs of start messages that were consumed go once the row names another for the input. */
  private void dropStarts(TurnCommit c, Stand stand, Set<MessageId> mayReturn) {
    ShownRow row = stand.shown().row();
    if (row == null || row.isBehind(c.next(), AGES)) {
      return;
    }
    List<String> named = row.allBlobs(reader.urls());
    for (Delivery d : c.consumed()) {
      String blob = Hold.of(d).what().blob();
      if (blob != null
          && BlobNames.isStart(blob)
          && !named.contains(blob)
          && !mayReturn.contains(d.message().id())) {
        try {
          parts.largeTexts().delete(blob);
        } catch (StorageException | AccountException e) {
          LOG.debug("Blob {} stays", blob, e);
        }
      }
    }
  }
}
