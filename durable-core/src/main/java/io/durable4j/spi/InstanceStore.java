package io.durable4j.spi;

import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;

/** Where instances live. */
public interface InstanceStore {
  /**
   * Creates an instance with its start message. There is never an instance without its start
   * message; where commits are not {@link Capabilities#atomic()} the start message may be received
   * before the instance is there, and that of a creation which was answered {@code Exists} may stay
   * behind.
   *
   * <p>Thrown or crashed: either nothing is there, or the start message, or both; creating again
   * with the same execution is safe and answers {@code Created}, also when the instance has
   * continued as new since ({@code ExecutionId.isOrContinues}).
   *
   * @param instance the instance
   * @param policy what happens to an older one of the same id
   * @return whether it was created
   */
  CreateOutcome create(NewInstance instance, ReusePolicy policy);

  /**
   * Reads an instance with the history of its current execution, as of the newest whole commit: of
   * a commit that was begun and not brought to its end no event is shown. At least as new as
   * anything that was read here, or by queries, before the call began.
   *
   * <p>Writes nothing, with one exception: where a commit stores history and state apart from what
   * {@link InstanceQueries} show, and a crash or a failure came between, the load of the instance
   * brings the queries up to what it shows. So does the next commit.
   *
   * @param instance which
   * @param fence the caller's ownership of its partition
   * @return what is stored; with a null state when there is no such instance
   * @throws StorageException also, with {@link Capabilities#fenced()}, when the fence is a former
   *     owner's
   */
  Stored load(InstanceId instance, Fence fence);

  /**
   * Takes a turn's whole effect. Stored before it returns {@code Committed}: history, state,
   * outbound messages, and the end of the consumed ones.
   *
   * <p>Based on the version that a load of no instance gave, it creates the instance; {@code Stale}
   * when one has come to be since, by whatever call. With {@link HistoryChange.Restart} the next
   * state may be of another execution, which takes the place of the former one. With {@link
   * HistoryChange.Append} an instance that is there keeps its execution and its {@link
   * InstanceState#start()}: the next state has the same, so that a store need not write them again.
   *
   * <p>A crash or an exception leaves the outcome unknown; the caller loads and compares {@link
   * Stored#lastCommit()}. Done twice: the second is {@code Stale}. Done late by a zombie: {@code
   * Stale}, since the version or the fence moved on. Stores that are not {@link
   * Capabilities#atomic()} may leave a prefix of the effect behind (messages, then history and
   * state, then what queries show, then deletions); the inbox copes with each. Such a store may
   * answer {@code Stale} after it has sent messages: these stay, claimed ones until their lease
   * ends, and so does a version that another's unfinished commit moved on.
   *
   * @param commit the effect
   * @return how it ended
   */
  CommitOutcome commit(TurnCommit commit);

  /**
   * Removes an execution with everything it holds, when it is still as it was seen and {@linkplain
   * InstanceState#isRemovable() may be removed}: one that has ended, or that of an entity which is
   * empty. An entity never ends, but each of its batches is an execution of its own, so that one
   * that did anything since it was seen is another and stays. Messages in queues stay, those to the
   * instance too: what an entity is told after its removal makes it anew.
   *
   * <p>A crash just before: nothing has changed. A crash just after, or an exception: it is there,
   * or gone, or, where commits are not {@link Capabilities#atomic()}, gone for {@link #load} and
   * commits and still shown by queries; called again with the same state, it removes the rest. Done
   * twice: the second finds nothing to remove. Done late by a zombie: no effect, since the id is
   * free by then, or another execution's. Beside a turn: either the commit comes first, and what it
   * left stays unless it is the same execution and may be removed itself; or the removal does, and
   * the commit is {@code Stale}.
   *
   * @param seen the state as the caller read it
   * @return false when the instance is of another execution since, may not be removed, or is gone
   */
  boolean purge(InstanceState seen);
}
