package io.durable4j.observe;

import io.durable4j.history.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host is, at one moment. Immutable. Times are those of the host's clock.
 *
 * @param at when this was found
 * @param worker the host's name among the workers of its hub
 * @param closed whether the host is closed, or is closing
 * @param storage whether storage answers
 * @param partitions the partitions that this worker owns, in order; without those that it could not
 *     renew in time
 * @param unknown names that messages ask for and that this worker does not know, the oldest first;
 *     at most 1,000; a name that nothing asked for during twice {@code backoff.max} is forgotten
 * @param parked instances that cannot go on and that this worker saw in the partitions which it
 *     owns, the oldest first; at most 1,000
 * @param turns permits of orchestrations' turns
 * @param entities permits of entities' turns; the same where these share them
 * @param activities permits of activities
 * @param runningActivities how many activities run; one that ran over its time counts until its
 *     thread ends
 * @param sessions what the worker keeps of instances between their turns
 * @param oldestHeld how long the oldest message is in this worker's memory that its instance could
 *     take now, were there a permit; zero when none is
 * @param oldestQueued how long the oldest message waits that a worker could take now, in the
 *     control queues of this worker and the activity queue; zero when none waits, null when storage
 *     does not answer
 * @param quarantined how many messages of the hub are set aside, counted up to 1,000; null when
 *     storage does not answer
 */
public record Health(
    Instant at,
    String worker,
    boolean closed,
    Storage storage,
    List<Integer> partitions,
    List<UnknownName> unknown,
    List<ParkedInstance> parked,
    Permits turns,
    Permits entities,
    Permits activities,
    int runningActivities,
    Sessions sessions,
    Duration oldestHeld,
    @Nullable Duration oldestQueued,
    @Nullable Integer quarantined) {
  /** Copies the lists. */
  public Health {
    partitions = List.copyOf(partitions);
    unknown = List.copyOf(unknown);
    parked = List.copyOf(parked);
  }

  /** The sum of it. */
  public enum Status {
    /** All is well. */
    UP,
    /** It works, and a person should look: something is unknown, parked, or set aside. */
    DEGRADED,
    /** It does not work: storage does not answer, or the host is closed. */
    DOWN
  }

  /**
   * The sum of it.
   *
   * @return the status
   */
  public Status status() {
    if (closed || !storage.reachable()) {
      return Status.DOWN;
    }
    boolean trouble =
        !unknown.isEmpty() || !parked.isEmpty() || (quarantined != null && quarantined > 0);
    return trouble ? Status.DEGRADED : Status.UP;
  }

  /**
   * All of it for people; at most ten unknown names and parked instances each.
   *
   * @return some lines, the first with the status
   */
  public String text() {
    return HealthText.of(this);
  }

  /**
   * Whether storage answers.
   *
   * @param reachable whether it answered within {@code health.limit}
   * @param lastAnswer when it answered last; null before the first time
   * @param lastFailure when a call failed last; null when none did
   * @param failure what the engine was doing then, and what was thrown; null when none did
   */
  public record Storage(
      boolean reachable,
      @Nullable Instant lastAnswer,
      @Nullable Instant lastFailure,
      @Nullable String failure) {}

  /**
   * What a worker keeps of instances between their turns.
   *
   * @param level the setting {@code sessions}
   * @param count of how many instances; about, since others come and go
   * @param bytes how much memory the idle ones take, about
   */
  public record Sessions(String level, long count, long bytes) {}

  /**
   * A name that is unknown to a worker.
   *
   * @param kind what it is the name of
   * @param name the name, as it was first seen
   * @param since when it was first seen
   * @param last when it was last seen
   * @param count how many times a message asked for it; a message that is tried again counts again
   */
  public record UnknownName(
      HostEvent.NameKind kind, String name, Instant since, Instant last, long count) {}

  /**
   * An instance that cannot go on for now.
   *
   * @param instance which
   * @param reason why, for people
   * @param since when this worker first saw it
   */
  public record ParkedInstance(InstanceId instance, String reason, Instant since) {}

  /**
   * How much of a kind runs.
   *
   * @param inUse how much, from 0 to {@code total}
   * @param total how much may at most
   */
  public record Permits(int inUse, int total) {}
}
