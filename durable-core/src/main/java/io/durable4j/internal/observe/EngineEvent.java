package io.durable4j.internal.observe;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import java.time.Duration;
import java.util.List;

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

  /** Engine code threw what it should not have. */
  record Bug(String doing, Throwable thrown) implements EngineEvent {}
}
