package io.durable4j.inmemory;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.message.Codec;
import io.durable4j.message.Encoder;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Refused;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.CreateOutcome.Exists;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The instances as the SPI shows them. */
final class HubInstances implements InstanceStore {
  private static final Version ABSENT = new Version("0");

  private final OpenHub hub;

  HubInstances(OpenHub hub) {
    this.hub = hub;
  }

  @Override
  public CreateOutcome create(NewInstance n, ReusePolicy policy) {
    hub.limit().check(n);
    Encoded start;
    StateText state;
    try (Encoder encoder = hub.encoders().take()) {
      start = Encoded.of(n.start(), encoder, hub.isLogged());
      state = StateText.whole(n.state(), encoder);
    }
    Optional<InstanceRow> other = hub.transact(tx -> create(tx, n, state, start, policy));
    return other.<CreateOutcome>map(row -> new Exists(row.state())).orElseGet(Created::new);
  }

  /** Answers the row that is in the way. */
  private static Optional<InstanceRow> create(
      Transaction tx, NewInstance n, StateText state, Encoded start, ReusePolicy policy) {
    InstanceState first = n.state();
    InstanceRow row = tx.instance(first.id());
    if (row != null && new ExecutionId(row.execution()).isOrContinues(first.execution())) {
      return Optional.empty();
    }
    if (row != null && !policy.replaceable().contains(row.status())) {
      return Optional.of(row);
    }
    if (row == null) {
      put(tx, first, state, false, List.of(), null);
    } else {
      InstanceState next = n.replacing(row.state());
      try (Encoder encoder = new Encoder()) {
        put(tx, next, StateText.whole(next, encoder), false, List.of(), null);
      }
    }
    tx.enqueue(start, Duration.ZERO);
    return Optional.empty();
  }

  @Override
  public Stored load(InstanceId instance, Fence fence) {
    Optional<InstanceRow> found =
        hub.transact(
            tx -> {
              if (!tx.fenced(fence)) {
                throw new StorageException(
                    "Cannot load instance '" + instance + "': " + fence + " is a former owner's",
                    null);
              }
              return Optional.ofNullable(tx.instance(instance));
            });
    if (found.isEmpty()) {
      return new Stored(null, List.of(), ABSENT, null, Set.of());
    }
    InstanceRow row = found.get();
    List<HistoryEvent> history = row.history().events().stream().map(Codec::event).toList();
    UUID commit = row.commit();
    return new Stored(
        row.state(), history, version(row), commit == null ? null : new CommitId(commit), Set.of());
  }

  @Override
  public CommitOutcome commit(TurnCommit c) {
    FailureDetails flaw = hub.limit().flawOf(c);
    if (flaw != null) {
      return new Refused(flaw);
    }
    boolean goesOn = c.history() instanceof Append && !c.basedOn().equals(ABSENT);
    StateText state;
    List<byte[]> events;
    List<Encoded> outbound;
    try (Encoder encoder = hub.encoders().take()) {
      state = goesOn ? StateText.progress(c.next(), encoder) : StateText.whole(c.next(), encoder);
      events = encoder.encode(c.history().events());
      outbound = Encoded.of(c.outbound(), encoder, hub.isLogged());
    }
    return hub.transact(tx -> commit(tx, c, state, events, outbound));
  }

  private static CommitOutcome commit(
      Transaction tx, TurnCommit c, StateText state, List<byte[]> events, List<Encoded> outbound) {
    InstanceRow row = tx.instance(c.next().id());
    if (!tx.fenced(c.fence()) || !isAt(row, c.basedOn())) {
      return new Stale();
    }
    if (row != null
        && c.history() instanceof Append
        && !row.execution().equals(c.next().execution().value())) {
      throw new IllegalArgumentException(
          "History is appended to " + row.execution() + ", and the state is of " + c.next());
    }
    List<Delivery> consumed = c.consumed();
    for (int i = 0; i < consumed.size(); i++) {
      if (tx.held(consumed.get(i)) == null) {
        return new Stale();
      }
    }
    long version = put(tx, c.next(), state, c.history() instanceof Append, events, c.id().value());
    // removals first: a message that is consumed and sent again stays
    for (int i = 0; i < consumed.size(); i++) {
      Delivery d = consumed.get(i);
      tx.remove(d.from(), d.message().id());
    }
    c.retract().forEach(tx::retract);
    List<Delivery> claimed = tx.enqueueAll(outbound, c.claimLease());
    return new Committed(new Version(Long.toString(version)), claimed, Set.of());
  }

  @Override
  public boolean purge(InstanceState seen) {
    return hub.transact(
        tx -> {
          InstanceRow row = tx.instance(seen.id());
          if (row == null
              || !row.execution().equals(seen.execution().value())
              || !(row.status().isTerminal()
                  || (seen.id().isEntity() && row.state().isRemovable()))) {
            return false;
          }
          tx.removeInstance(seen.id());
          return true;
        });
  }

  private static long put(
      Transaction tx,
      InstanceState next,
      StateText state,
      boolean keepHistory,
      List<byte[]> events,
      @Nullable UUID commit) {
    long version = tx.state().version() + 1;
    tx.putInstance(
        new Change.PutInstance(
            next.id(),
            next.execution().value(),
            next.status(),
            state.start(),
            state.progress(),
            keepHistory,
            events,
            version,
            commit));
    return version;
  }

  /** Whether a turn that is based on this version found the row as it is. */
  private static boolean isAt(@Nullable InstanceRow row, Version version) {
    return row == null ? version.equals(ABSENT) : isNumber(version.value(), row.version());
  }

  /** Whether the text is that of the number, of which none is made to find out. */
  private static boolean isNumber(String text, long number) {
    try {
      return Long.parseLong(text) == number;
    } catch (NumberFormatException e) {
      return false; // another store's
    }
  }

  private static Version version(@Nullable InstanceRow row) {
    return row == null ? ABSENT : new Version(Long.toString(row.version()));
  }
}
