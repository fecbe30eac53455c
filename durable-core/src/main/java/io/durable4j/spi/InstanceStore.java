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
   * state may be of another execution, which takes the place of the former one.
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
   * Removes a finished execution with everything it holds. Resumable after a crash.
   *
   * @param seen the state as the caller read it
   * @return false when the instance changed since, is not terminal, or is gone
   */
  boolean purge(InstanceState seen);
}
