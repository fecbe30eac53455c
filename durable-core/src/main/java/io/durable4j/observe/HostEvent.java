package io.durable4j.observe;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a host. Immutable. Durations are measured by the monotonic clock.
 *
 * <p>Further kinds may come with any version: let those pass that you do not know.
 */
public sealed interface HostEvent {
  /**
   * A turn of an instance begins, under its permit.
   *
   * @param instance which
   * @param messages how many messages it takes, at least 1
   * @param waited how long the oldest of them was in this worker's memory
   */
  record TurnStarted(InstanceId instance, int messages, Duration waited) implements HostEvent {}

  /**
   * A turn ended: load, replay and commit together.
   *
   * @param instance which
   * @param orchestrator its name; null when storage did not answer or there is no such instance
   * @param took how long
   * @param outcome how it ended
   */
  record TurnEnded(
      InstanceId instance, @Nullable String orchestrator, Duration took, TurnOutcome outcome)
      implements HostEvent {}

  /** How a turn ended. */
  enum TurnOutcome {
    /** Its effect is stored, or there was nothing to do. */
    DONE,
    /** Its messages were given back, since another commit was first or storage refused it. */
    GIVEN_BACK,
    /** The instance cannot go on for now. */
    PARKED,
    /** Storage failed; it is tried again. */
    RETRIED,
    /** Engine code threw; see {@link EngineFault}. */
    FAULT
  }

  /**
   * A turn read its instance from storage, since this worker kept no session of it.
   *
   * @param instance which
   * @param events how many events its history has
   * @param took how long storage took
   */
  record InstanceLoaded(InstanceId instance, int events, Duration took) implements HostEvent {}

  /**
   * Storage was asked to take the effect of a turn.
   *
   * @param instance which
   * @param took how long storage took
   * @param outcome what it answered
   */
  record CommitEnded(InstanceId instance, Duration took, CommitResult outcome)
      implements HostEvent {}

  /** What storage answered to a commit. */
  enum CommitResult {
    /** It is stored. */
    COMMITTED,
    /** Another one was first; nothing is stored. */
    STALE,
    /** Storage will never take it: it is too large, say. */
    REFUSED,
    /** There was no answer; the engine looks whether it is stored. */
    UNKNOWN
  }

  /**
   * The code of an activity begins.
   *
   * @param instance the caller
   * @param activity its name
   * @param delivery how often its message was delivered, from 1
   * @param waited how long ago it was asked for, by the wall clocks of those who asked and of this
   *     worker; at least zero
   */
  record ActivityStarted(InstanceId instance, String activity, int delivery, Duration waited)
      implements HostEvent {}

  /**
   * The code of an activity ended.
   *
   * @param instance the caller
   * @param activity its name
   * @param took how long
   * @param outcome how it ended
   */
  record ActivityEnded(InstanceId instance, String activity, Duration took, ActivityOutcome outcome)
      implements HostEvent {}

  /** How an activity ended. */
  enum ActivityOutcome {
    /** With a result. */
    COMPLETED,
    /** It threw. */
    FAILED,
    /**
     * Nobody wants its result any more: it ran over its time, its lease was lost, or its host
     * closes and interrupted it.
     */
    LATE
  }

  /**
   * An activity runs over its time; its caller got a failure, its thread is interrupted.
   *
   * @param instance the caller
   * @param activity its name
   */
  record ActivityTimedOut(InstanceId instance, String activity) implements HostEvent {}

  /**
   * The lease of a running activity is lost: another worker may run it too.
   *
   * @param instance the caller
   * @param activity its name
   */
  record LeaseLost(InstanceId instance, String activity) implements HostEvent {}

  /**
   * A storage call failed; the engine backs off and tries again.
   *
   * @param doing what the engine was doing
   * @param thrown what storage threw
   */
  record StorageFailed(String doing, RuntimeException thrown) implements HostEvent {}

  /**
   * A partition is this worker's now.
   *
   * @param partition which, from 0
   */
  record PartitionTaken(int partition) implements HostEvent {}

  /**
   * A partition was given up, or lost.
   *
   * @param partition which, from 0
   */
  record PartitionLeft(int partition) implements HostEvent {}

  /**
   * A partition is offered to another worker, for it brings names that are unknown here.
   *
   * @param partition which, from 0
   * @param worker the other
   */
  record PartitionOffered(int partition, String worker) implements HostEvent {}

  /**
   * An instance cannot go on for now; told once for each reason.
   *
   * @param instance which
   * @param reason why, for people
   */
  record Parked(InstanceId instance, String reason) implements HostEvent {}

  /**
   * A message names an orchestrator or an activity that this worker does not know; told each time.
   *
   * @param kind what it names
   * @param name the name
   */
  record NameUnknown(NameKind kind, String name) implements HostEvent {}

  /** What a name is the name of. */
  enum NameKind {
    /** Of an orchestrator. */
    ORCHESTRATOR,
    /** Of an activity. */
    ACTIVITY,
    /** Of a kind of entity. */
    ENTITY
  }

  /**
   * A batch of an entity's operations ran; its commit follows.
   *
   * @param entity which
   * @param operations how many operations ran
   * @param failed how many of them failed
   */
  record EntityBatchEnded(InstanceId entity, int operations, int failed) implements HostEvent {}

  /**
   * An operation that was signalled failed; its caller is not told.
   *
   * @param entity which
   * @param operation the operation
   * @param why the failure
   */
  record SignalFailed(InstanceId entity, String operation, FailureDetails why)
      implements HostEvent {}

  /**
   * An operation of an entity is over {@code entities.operation.timeout} and was interrupted; told
   * again after as long if it does not end.
   *
   * @param entity which
   * @param operation the operation
   */
  record OperationTimedOut(InstanceId entity, String operation) implements HostEvent {}

  /**
   * Locks were given back that were granted to an orchestration which no longer wants them.
   *
   * @param holder the orchestration
   * @param entities what was locked
   */
  record LocksGivenBack(InstanceId holder, List<InstanceId> entities) implements HostEvent {}

  /**
   * A message was dropped, since it is a repeat or nobody waits for it.
   *
   * @param instance its receiver
   * @param kind what it is
   * @param why why, for people
   */
  record Dropped(InstanceId instance, String kind, String why) implements HostEvent {}

  /**
   * A message comes before what it refers to is stored; it is given back for a while.
   *
   * @param instance its receiver
   * @param kind what it is
   * @param delay how long
   */
  record Deferred(InstanceId instance, String kind, Duration delay) implements HostEvent {}

  /**
   * A message was set aside: nobody tries it again until a person decides.
   *
   * @param instance its receiver
   * @param message which
   * @param what the name of an activity, or the kind of another message
   * @param times how often it was delivered without an answer, or failed a turn
   * @param why what is wrong with it
   */
  record Quarantined(
      InstanceId instance, MessageId message, String what, int times, FailureDetails why)
      implements HostEvent {}

  /**
   * An orchestrator blocks its thread, or computes, instead of going on. Told once for each
   * instance and place.
   *
   * @param instance which
   * @param orchestrator its name
   * @param blocks whether its thread waits; it runs otherwise
   * @param place {@code File.java:line}
   * @param pause for how long by then
   */
  record EpisodeStalls(
      InstanceId instance, String orchestrator, boolean blocks, String place, Duration pause)
      implements HostEvent {}

  /**
   * An orchestrator made no progress for too long. What it may still do is void; its permit stays
   * taken until its thread ends.
   *
   * @param instance which
   * @param orchestrator its name
   * @param why why, for people
   * @param stack where it is
   */
  record EpisodeHung(
      InstanceId instance, String orchestrator, String why, List<StackTraceElement> stack)
      implements HostEvent {
    /** Copies the list. */
    public EpisodeHung {
      stack = List.copyOf(stack);
    }
  }

  /**
   * All permits of a kind are in use while more work waits, or may. Told again only after the work
   * that waited was done.
   *
   * @param kind of which kind
   * @param total how many there are
   */
  record PermitsExhausted(PermitKind kind, int total) implements HostEvent {}

  /** What a permit is for. */
  enum PermitKind {
    /** For turns of orchestrations, and of entities where these share them. */
    TURN,
    /** For turns of entities. */
    ENTITY,
    /** For activities. */
    ACTIVITY
  }

  /**
   * Something is odd in an orchestrator, without harm; told in each turn that finds it.
   *
   * @param instance which
   * @param text what, for people
   */
  record Warning(InstanceId instance, String text) implements HostEvent {}

  /**
   * Engine code threw what it should not have. Please report it.
   *
   * @param doing what the engine was doing
   * @param thrown what it threw
   */
  record EngineFault(String doing, Throwable thrown) implements HostEvent {}
}
