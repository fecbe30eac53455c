package io.durable4j.spi;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest payload that a backend stores, for its authors: what is over it is refused at the
 * door, before anything is written.
 *
 * @param bytes the limit, in bytes of UTF-8, at least 1; what the backend tells as {@link
 *     Capabilities#maxPayload}
 */
public record PayloadLimit(int bytes) {
  /** Refuses a limit under which nothing could be stored. */
  public PayloadLimit {
    if (bytes < 1) {
      throw new IllegalArgumentException("A limit of " + bytes + " bytes; it is at least 1");
    }
  }

  /**
   * Why a commit can never be stored.
   *
   * @param commit the commit, with its history, its state and its messages
   * @return the reason for {@link CommitOutcome.Refused}; null when it can be stored
   */
  public @Nullable FailureDetails flawOf(TurnCommit commit) {
    int largest = largest(commit.next());
    List<HistoryEvent> events = commit.history().events();
    for (int i = 0; i < events.size(); i++) {
      largest = Math.max(largest, largest(events.get(i).body()));
    }
    List<Outbound> outbound = commit.outbound();
    for (int i = 0; i < outbound.size(); i++) {
      largest = Math.max(largest, largest(outbound.get(i).message().event().body()));
    }
    return largest <= bytes ? null : FailureDetails.of("PayloadTooLarge", describe(largest), true);
  }

  /**
   * Refuses an instance that cannot be stored.
   *
   * @param instance its state and its start
   * @throws PayloadException if a payload is over the limit
   */
  public void check(NewInstance instance) {
    check(largest(instance.state()));
    check(instance.start());
  }

  /**
   * Refuses a message that cannot be stored.
   *
   * @param message the message
   * @throws PayloadException if its payload is over the limit
   */
  public void check(Outbound message) {
    check(largest(message.message().event().body()));
  }

  private void check(int size) {
    if (size > bytes) {
      throw new PayloadException(describe(size), null);
    }
  }

  private String describe(int size) {
    return "A payload has " + size + " bytes; this backend stores at most " + bytes;
  }

  private static int largest(InstanceState s) {
    return Math.max(
        size(s.start().input()),
        Math.max(size(s.progress().output()), size(s.progress().customStatus())));
  }

  private static int largest(EventBody body) {
    if (body instanceof ExecutionStarted b) {
      return size(b.input());
    } else if (body instanceof ExecutionCompleted b) {
      return size(b.result());
    } else if (body instanceof TaskScheduled b) {
      return size(b.input());
    } else if (body instanceof TaskCompleted b) {
      return size(b.result());
    } else if (body instanceof SubOrchestrationCreated b) {
      return size(b.input());
    } else if (body instanceof SubOrchestrationCompleted b) {
      return size(b.result());
    } else if (body instanceof EventSent b) {
      return size(b.input());
    } else if (body instanceof EventRaised b) {
      return size(b.input());
    }
    return 0;
  }

  private static int size(@Nullable Payload p) {
    return p == null ? 0 : p.sizeInBytes();
  }
}
