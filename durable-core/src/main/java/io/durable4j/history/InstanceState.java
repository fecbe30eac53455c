package io.durable4j.history;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What storage knows of an instance without reading its history.
 *
 * @param id the instance
 * @param execution its newest execution
 * @param start how that execution was started; never changes while it lives
 * @param progress how far it came; written by each turn
 * @param consumed the newest ids (at most {@link #MAX_CONSUMED}) of messages that former executions
 *     consumed, so that a late repeat is known
 */
public record InstanceState(
    InstanceId id,
    ExecutionId execution,
    Start start,
    Progress progress,
    List<MessageId> consumed) {
  /** The custom status of an entity that has no state, is not locked, and has nothing queued. */
  public static final Payload EMPTY_ENTITY = new Payload("{}");

  /** How many ids of consumed messages outlive an execution. */
  public static final int MAX_CONSUMED = 256;

  /** Copies the list. */
  public InstanceState {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(progress, "progress");
    consumed = List.copyOf(consumed);
  }

  /**
   * How an execution was started.
   *
   * @param name the orchestrator
   * @param version its version, or empty
   * @param input the encoded input, or null
   * @param tags the tags
   * @param parent who waits for it, or null
   * @param createdAt when the instance was first created
   * @param scheduledFor when it shall start; null for at once
   * @param generation 0 at first, one more with each re-creation
   */
  public record Start(
      String name,
      String version,
      @Nullable Payload input,
      Map<String, String> tags,
      EventBody.@Nullable ParentLink parent,
      Instant createdAt,
      @Nullable Instant scheduledFor,
      int generation) {
    /** Copies the tags. */
    public Start {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * How far an execution came.
   *
   * @param status its status
   * @param updatedAt when this was written
   * @param completedAt when it ended; null before
   * @param output its result, or null
   * @param failure why it failed, or null
   * @param customStatus what the orchestrator said of itself, or null
   * @param awaitedEvents names of external events that it waits for, each once, in order
   * @param parked why it cannot go on for now, or null
   */
  public record Progress(
      OrchestrationStatus status,
      Instant updatedAt,
      @Nullable Instant completedAt,
      @Nullable Payload output,
      @Nullable FailureDetails failure,
      @Nullable Payload customStatus,
      List<String> awaitedEvents,
      @Nullable Parked parked) {
    /** Copies the list. */
    public Progress {
      awaitedEvents = List.copyOf(awaitedEvents);
    }

    /**
     * A progress that says only a status.
     *
     * @param status the status
     * @param at when
     * @return the progress
     */
    public static Progress of(OrchestrationStatus status, Instant at) {
      return new Progress(status, at, null, null, null, null, List.of(), null);
    }
  }

  /**
   * Why an instance cannot go on for now; it is tried again with growing pauses.
   *
   * @param reason what is wrong, for a person
   * @param since since when
   */
  public record Parked(String reason, Instant since) {}

  /**
   * The orchestrator's name.
   *
   * @return {@code start().name()}
   */
  public String name() {
    return start.name();
  }

  /**
   * The status.
   *
   * @return {@code progress().status()}
   */
  public OrchestrationStatus status() {
    return progress.status();
  }

  /**
   * Whether the execution may be removed as it is.
   *
   * @return true when it has ended, or is that of an entity that says of itself that it has nothing
   *     ({@link #EMPTY_ENTITY}): entities never end
   */
  public boolean isRemovable() {
    return status().isTerminal()
        || (id.isEntity()
            && progress.parked() == null
            && EMPTY_ENTITY.equals(progress.customStatus()));
  }

  /**
   * The same instance, further on.
   *
   * @param next the new progress
   * @return the state
   */
  public InstanceState with(Progress next) {
    return new InstanceState(id, execution, start, next, consumed);
  }

  /**
   * The same instance with other consumed ids.
   *
   * @param ids the newest ids
   * @return the state
   */
  public InstanceState withConsumed(List<MessageId> ids) {
    return new InstanceState(id, execution, start, progress, ids);
  }
}
