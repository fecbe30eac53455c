package io.durable4j.internal.session;

import io.durable4j.data.Payload;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.inbox.InboxIndex;
import io.durable4j.internal.replay.Memo;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TurnCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance as a worker knows it: loaded once, and gone on by each commit that took effect. It
 * belongs to one turn at a time, which takes it out of the {@link SessionCache} and puts it back.
 * Where an orchestrator waits for its next turn the session lets go of the history, which nobody
 * reads then: the index says what turns ask of it.
 *
 * <p>What it says may be out of date, since others change an instance too: a client that replaces
 * or purges it, another worker that took the partition over. So nothing is done on its strength but
 * commits, which storage checks against its version; and after anything but {@code Committed} it is
 * never used again.
 */
public final class Session {
  private final Fence fence;
  private Stored stored;

  /** Null when it was let go of. */
  private @Nullable ArrayList<HistoryEvent> history;

  private @Nullable InboxIndex inbox;
  private @Nullable Memo memo;
  private @Nullable Live live;
  private @Nullable EntityMemo entity;
  private @Nullable EntityMemo entityToBe;
  private long eventBytes;
  private boolean kept;
  private boolean inDoubt;
  private boolean inTurn = true;

  /**
   * An instance that was just loaded.
   *
   * @param fence the ownership under which it was
   * @param stored what storage gave
   */
  public Session(Fence fence, Stored stored) {
    this.fence = fence;
    this.stored = stored;
    this.history = new ArrayList<>(stored.history());
    this.eventBytes = Weights.of(stored.history());
    show(stored);
  }

  private void show(Stored as) {
    List<HistoryEvent> all =
        history == null
            ? List.of()
            : Collections.unmodifiableList(history.subList(0, history.size()));
    stored = new Stored(as.state(), all, as.version(), as.lastCommit(), as.mayReturn());
  }

  /**
   * The instance as of the newest commit. Its history may be read until the next one, unless {@link
   * #isWithoutHistory}.
   *
   * @return what is stored, as far as is known
   */
  public Stored stored() {
    return stored;
  }

  /**
   * Whether it has let go of the history, so that its orchestrator cannot be replayed.
   *
   * @return true only while an orchestrator waits, or runs that has waited
   */
  public boolean isWithoutHistory() {
    return history == null;
  }

  /**
   * What the history says.
   *
   * @return the index; goes on with the history
   */
  public InboxIndex inbox() {
    if (inbox == null) {
      inbox = new InboxIndex(stored);
    }
    return inbox;
  }

  /**
   * What replays remember.
   *
   * @return the memory of the current execution
   */
  public Memo memo() {
    if (memo == null) {
      memo = new Memo();
    }
    return memo;
  }

  /**
   * An entity's memory.
   *
   * @return what it keeps; nothing for an entity that is not stored yet
   */
  public EntityMemo entity() {
    if (entity == null) {
      InstanceState state = stored.state();
      Payload input = state == null ? null : state.start().input();
      entity = new EntityMemo(input == null ? Scheduler.NEW : EntityJson.scheduler(input), null);
    }
    return entity;
  }

  /**
   * Says what the entity's memory is once the next commit has taken effect.
   *
   * @param next the memory
   */
  public void willBe(EntityMemo next) {
    entityToBe = next;
  }

  /**
   * Takes out the orchestrator that waits. It goes with this turn: unless that is committed, it has
   * seen what never came to be.
   *
   * @return the orchestrator; null when there is none
   */
  public @Nullable Live takeLive() {
    Live taken = live;
    live = null;
    return taken;
  }

  /**
   * Keeps an orchestrator that waits after its turn.
   *
   * @param parked the orchestrator
   */
  public void park(Live parked) {
    live = parked;
  }

  /** Ends a turn's use of it: unless it was kept, it is let go of. */
  public void leave() {
    if (inTurn) {
      end();
    }
  }

  /** Lets go of it. */
  void end() {
    Live parked = takeLive();
    if (parked != null) {
      parked.episode().discard();
    }
  }

  /** It is a turn's from now on. */
  void taken() {
    inTurn = true;
  }

  /**
   * Whether an earlier turn loaded it, so that it may be out of date.
   *
   * @return false in the turn that loaded it
   */
  public boolean isKept() {
    return kept;
  }

  /** A commit based on it begins; until that is known to have taken effect it is not to be kept. */
  public void commits() {
    inDoubt = true;
  }

  /**
   * Goes on by a commit that took effect.
   *
   * @param commit the commit
   * @param outcome what storage said
   */
  public void goOn(TurnCommit commit, Committed outcome) {
    HistoryChange change = commit.history();
    if (change instanceof HistoryChange.Append a) {
      if (history != null) {
        history.addAll(a.events());
      }
      if (inbox != null) {
        inbox.addAll(a.events());
      }
    } else {
      history = new ArrayList<>(change.events());
      inbox = null;
      memo = null;
      entity = entityToBe;
      eventBytes = 0;
    }
    eventBytes += Weights.of(change.events());
    show(
        new Stored(
            commit.next(), List.of(), outcome.now(), commit.id(), Set.copyOf(outcome.mayReturn())));
    inDoubt = false;
  }

  /** Whether it is what storage has, as far as this worker's doing goes, and worth keeping. */
  boolean isSure() {
    InstanceState state = stored.state();
    return !inDoubt && state != null && !state.status().isTerminal();
  }

  Fence fence() {
    return fence;
  }

  InstanceState state() {
    return Objects.requireNonNull(stored.state());
  }

  void kept() {
    kept = true;
    inTurn = false;
    if (live != null && history != null) {
      inbox(); // which says what turns ask of the history from now on
      history = null;
      memo = null;
      show(stored);
    }
  }

  /** Whether the next turn can run the code. */
  boolean canGoOn() {
    return history != null || live != null;
  }

  /** About how many bytes it takes. */
  long bytes() {
    return Weights.SESSION
        + Weights.of(stored.state())
        + (history == null ? 0 : Weights.HISTORY + eventBytes)
        + (memo == null ? 0 : memo.bytes())
        + (live == null ? 0 : live.episode().bytes())
        + (inbox == null ? 0 : Weights.of(inbox, history != null));
  }
}
