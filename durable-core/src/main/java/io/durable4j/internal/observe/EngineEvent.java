package io.durable4j.internal.observe;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened in the engine and that a person or a meter may want to know. */
public sealed interface EngineEvent {
  /** A storage call failed; the engine backs off and tries again. */
  record StorageFailed(String doing, RuntimeException thrown) implements EngineEvent {}

  /** A turn's commit was overtaken by another's. */
  record TurnStale(InstanceId instance) implements EngineEvent {}

  /** An instance cannot go on for now. */
  record Parked(InstanceId instance, String reason) implements EngineEvent {}

  /** Something is odd in an orchestrator, without harm. */
  record Warning(InstanceId instance, String text) implements EngineEvent {}

  /** A message was not for anybody. */
  record Dropped(InstanceId instance, String kind, String why) implements EngineEvent {}

  /** A partition was taken. */
  record PartitionTaken(int partition) implements EngineEvent {}

  /** A partition was given up or lost. */
  record PartitionLeft(int partition) implements EngineEvent {}

  /** An activity is not known here. */
  record UnknownActivity(String name) implements EngineEvent {}

  /** An activity ran over its time. */
  record ActivityTimedOut(InstanceId instance, String name) implements EngineEvent {}

  /** An operation of an entity is over its time, and was interrupted. */
  record OperationTimedOut(InstanceId entity, String operation) implements EngineEvent {}

  /** A signal's operation failed, of which nobody else is told. */
  record SignalFailed(InstanceId entity, String operation, FailureDetails why)
      implements EngineEvent {}

  /** An entity's kind is not known here. */
  record UnknownEntity(InstanceId entity, String name) implements EngineEvent {}

  /** A batch of an entity's operations ran. */
  record EntityBatchEnded(InstanceId entity, int operations, int failed) implements EngineEvent {}

  /** Locks of an orchestration that no longer wants them were given back. */
  record LocksGivenBack(InstanceId holder, List<InstanceId> entities) implements EngineEvent {}

  /**
   * A message was set aside.
   *
   * @param what the name of an activity, or the kind of another message
   * @param times how often it was delivered without an answer, or failed a turn
   */
  record Quarantined(
      InstanceId instance, MessageId message, String what, int times, FailureDetails why)
      implements EngineEvent {}

  /**
   * An orchestrator blocks, or computes, instead of going on. Told once for each instance and
   * place.
   *
   * @param blocks whether its thread waits; it runs otherwise
   * @param place {@code File.java:line}
   */
  record EpisodeStalls(
      InstanceId instance, String orchestrator, boolean blocks, String place, Duration pause)
      implements EngineEvent {}

  /** An orchestrator made no progress for too long; what it may still do is void. */
  record EpisodeHung(
      InstanceId instance, String orchestrator, String why, List<StackTraceElement> stack)
      implements EngineEvent {}

  /** Storage answered a call that the engine makes regularly. */
  record StorageAnswered() implements EngineEvent {}

  /** A turn begins, under its permit; its oldest message was in its mailbox for so long. */
  record TurnStarted(InstanceId instance, int messages, long waitedNanos) implements EngineEvent {}

  /** A turn ended; the name is that of its orchestrator, null when it was not loaded. */
  record TurnEnded(InstanceId instance, @Nullable String name, long nanos, TurnResult result)
      implements EngineEvent {}

  /** How a turn ended. */
  enum TurnResult {
    /** Its effect is stored, or there was nothing to do. */
    DONE,
    /** Its messages were given back, since another's commit was first or storage refused it. */
    GIVEN_BACK,
    /** The instance is parked. */
    PARKED,
    /** Storage failed; it is tried again. */
    RETRIED,
    /** Engine code threw. */
    BUG
  }

  /** A turn read its instance, since there was no session of it. */
  record InstanceLoaded(InstanceId instance, int events, long nanos) implements EngineEvent {}

  /** Storage was asked to take a turn's effect. */
  record CommitEnded(InstanceId instance, long nanos, CommitResult result) implements EngineEvent {}

  /** What storage answered to a commit. */
  enum CommitResult {
    /** It is stored. */
    COMMITTED,
    /** Another's was first. */
    STALE,
    /** Storage will never take it. */
    REFUSED,
    /** No answer. */
    UNKNOWN
  }

  /** An activity's user code begins; it was asked for so long ago, by the wall clocks. */
  record ActivityStarted(InstanceId instance, String name, int attempt, Duration waited)
      implements EngineEvent {}

  /** An activity's user code ended. */
  record ActivityEnded(InstanceId instance, String name, long nanos, ActivityResult result)
      implements EngineEvent {}

  /** How an activity ended. */
  enum ActivityResult {
    /** With a result. */
    COMPLETED,
    /** It threw. */
    FAILED,
    /**
     * Nobody wants its result any more: it ran over its time, its lease was lost, or its worker
     * ends and broke it off.
     */
    LATE
  }

  /** A message comes too early and is given back for a while. */
  record Deferred(InstanceId instance, String kind, Duration delay) implements EngineEvent {}

  /** All permits of a kind are in use while more work waits, or may; told once each time. */
  record PermitsExhausted(PermitKind kind, int total) implements EngineEvent {}

  /** What a permit is for. */
  enum PermitKind {
    /** For turns of orchestrations, and of entities where these share them. */
    TURN,
    /** For turns of entities. */
    ENTITY,
    /** For activities. */
    ACTIVITY
  }

  /** Another may have what this worker still works on. */
  record LeaseLost(InstanceId instance, String name) implements EngineEvent {}

  /** An instance is still parked for the same reason. */
  record StillParked(InstanceId instance, String reason) implements EngineEvent {}

  /** An orchestrator is not known here. */
  record UnknownOrchestrator(InstanceId instance, String name) implements EngineEvent {}

  /** A partition is offered to another worker, which may know what is not known here. */
  record PartitionOffered(int partition, String to) implements EngineEvent {}

  /** Engine code threw what it should not have. */
  record Bug(String doing, Throwable thrown) implements EngineEvent {}
}
