package io.durable4j.history;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened. The kinds and their fields are those of the Durable Task family (event types 0 to
 * 21), with a few members more that other readers ignore.
 */
public sealed interface EventBody {
  /**
   * An event that starts an execution.
   *
   * @param instance the instance
   * @param execution the execution
   * @param name the name
   * @param version the version, or empty
   * @param input the encoded input, or null
   * @param tags the tags
   * @param parent who waits for it, or null
   * @param scheduledStart when it shall start; null for at once
   * @param generation how often the instance was created before
   */
  record ExecutionStarted(
      InstanceId instance,
      ExecutionId execution,
      String name,
      String version,
      @Nullable Payload input,
      Map<String, String> tags,
      @Nullable ParentLink parent,
      @Nullable Instant scheduledStart,
      int generation)
      implements EventBody {
    /** Copies the tags. */
    public ExecutionStarted {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * The end of an execution, or of a generation.
   *
   * @param status how it ended
   * @param result the encoded result, or null
   * @param failure why it failed, or null
   */
  record ExecutionCompleted(
      OrchestrationStatus status, @Nullable Payload result, @Nullable FailureDetails failure)
      implements EventBody {}

  /**
   * A request to end the execution now.
   *
   * @param reason the reason, or null
   * @param recursive whether children end too
   */
  record ExecutionTerminated(@Nullable String reason, boolean recursive) implements EventBody {}

  /**
   * A request to pause.
   *
   * @param reason the reason, or null
   */
  record ExecutionSuspended(@Nullable String reason) implements EventBody {}

  /**
   * A request to go on.
   *
   * @param reason the reason, or null
   */
  record ExecutionResumed(@Nullable String reason) implements EventBody {}

  /**
   * A request to undo failures and go on.
   *
   * @param reason the reason, or null
   */
  record ExecutionRewound(@Nullable String reason) implements EventBody {}

  /**
   * An activity was asked for.
   *
   * @param name the activity
   * @param version its version, or empty
   * @param input the encoded arguments
   * @param tags the call's tags
   * @param timeout how long one run may take; null without a limit
   * @param firstAttempt the event id of the call's first attempt; its own when it is the first
   * @param inline whether it is a step that ran inside the turn, without a message
   */
  record TaskScheduled(
      String name,
      String version,
      @Nullable Payload input,
      Map<String, String> tags,
      @Nullable Duration timeout,
      int firstAttempt,
      boolean inline)
      implements EventBody {
    /** Copies the tags. */
    public TaskScheduled {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * An activity returned.
   *
   * @param taskScheduledId the event id of the action
   * @param answers the message that it answers; null from other engines
   * @param result the encoded result, or null
   */
  record TaskCompleted(int taskScheduledId, @Nullable MessageId answers, @Nullable Payload result)
      implements EventBody {}

  /**
   * An activity failed.
   *
   * @param taskScheduledId the event id of the action
   * @param answers the message that it answers; null from other engines
   * @param failure why it failed
   */
  record TaskFailed(int taskScheduledId, @Nullable MessageId answers, FailureDetails failure)
      implements EventBody {}

  /**
   * A child was started.
   *
   * @param name the name
   * @param version the version, or empty
   * @param instance the instance
   * @param input the encoded input, or null
   * @param tags the tags
   */
  record SubOrchestrationCreated(
      String name,
      String version,
      InstanceId instance,
      @Nullable Payload input,
      Map<String, String> tags)
      implements EventBody {
    /** The tag, without a value, of a start that nobody waits for; not one of the child's tags. */
    public static final String DETACHED = "FireAndForget";

    /** Copies the tags. */
    public SubOrchestrationCreated {
      tags = Map.copyOf(tags);
    }

    /**
     * Whether nobody waits for its end.
     *
     * @return true when it was started and left alone
     */
    public boolean detached() {
      return tags.containsKey(DETACHED);
    }
  }

  /**
   * A child completed.
   *
   * @param taskScheduledId the event id of the action
   * @param answers the message that it answers; null from other engines
   * @param result the encoded result, or null
   */
  record SubOrchestrationCompleted(
      int taskScheduledId, @Nullable MessageId answers, @Nullable Payload result)
      implements EventBody {}

  /**
   * A child failed.
   *
   * @param taskScheduledId the event id of the action
   * @param answers the message that it answers; null from other engines
   * @param failure why it failed
   */
  record SubOrchestrationFailed(
      int taskScheduledId, @Nullable MessageId answers, FailureDetails failure)
      implements EventBody {}

  /**
   * A timer was set.
   *
   * @param fireAt when it is due
   */
  record TimerCreated(Instant fireAt) implements EventBody {}

  /**
   * A timer fired.
   *
   * @param timerId the event id of the timer
   * @param fireAt when it is due
   */
  record TimerFired(int timerId, Instant fireAt) implements EventBody {}

  /** A turn began; its timestamp is the orchestration's clock. */
  record OrchestratorStarted() implements EventBody {}

  /** A turn ended. */
  record OrchestratorCompleted() implements EventBody {}

  /**
   * An event was sent to another instance.
   *
   * @param instance the instance
   * @param name the name
   * @param input the encoded input, or null
   */
  record EventSent(InstanceId instance, String name, @Nullable Payload input)
      implements EventBody {}

  /**
   * An event arrived from outside.
   *
   * @param name the name
   * @param input the encoded input, or null
   */
  record EventRaised(String name, @Nullable Payload input) implements EventBody {}

  /**
   * A nudge without meaning for the orchestrator.
   *
   * @param data any text, or null
   */
  record GenericEvent(@Nullable String data) implements EventBody {}

  /**
   * A snapshot of an execution's state; kept, never written by this engine.
   *
   * @param state the snapshot, or null
   */
  record HistoryState(@Nullable String state) implements EventBody {}

  /**
   * A kind that this version does not know, kept as it was found.
   *
   * @param type the kind's name
   * @param json the whole body as JSON text
   */
  record Unknown(String type, String json) implements EventBody {}

  /**
   * Who waits for a child.
   *
   * @param instance the parent
   * @param execution the parent's execution
   * @param name the parent's orchestrator name
   * @param taskScheduledId the parent's action
   * @param request the message that started the child
   * @param retryOf the request of the parent's former call of this very instance, which failed and
   *     is replaced by this one; null when there was none
   */
  record ParentLink(
      InstanceId instance,
      ExecutionId execution,
      String name,
      int taskScheduledId,
      @Nullable MessageId request,
      @Nullable MessageId retryOf) {}

  /**
   * The simple name of a kind.
   *
   * @return the name, as written in history
   */
  default String kind() {
    return this instanceof Unknown u ? u.type() : getClass().getSimpleName();
  }

  /**
   * Kinds that record an action of the orchestrator.
   *
   * @return true for the events whose event id is an action's number
   */
  default boolean isAction() {
    return this instanceof TaskScheduled
        || this instanceof SubOrchestrationCreated
        || this instanceof TimerCreated
        || this instanceof EventSent
        || this instanceof ExecutionCompleted;
  }

  /** The kinds that this version knows, in the family's order. */
  List<Class<? extends EventBody>> KINDS =
      List.of(
          ExecutionStarted.class,
          ExecutionCompleted.class,
          ExecutionTerminated.class,
          TaskScheduled.class,
          TaskCompleted.class,
          TaskFailed.class,
          SubOrchestrationCreated.class,
          SubOrchestrationCompleted.class,
          SubOrchestrationFailed.class,
          TimerCreated.class,
          TimerFired.class,
          OrchestratorStarted.class,
          OrchestratorCompleted.class,
          EventSent.class,
          EventRaised.class,
          GenericEvent.class,
          HistoryState.class,
          ExecutionSuspended.class,
          ExecutionResumed.class,
          ExecutionRewound.class);
}
