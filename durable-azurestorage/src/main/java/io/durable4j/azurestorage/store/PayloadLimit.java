package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.InstanceRows;
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
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.TurnCommit;
import org.jspecify.annotations.Nullable;

/**
 * The largest payload that is stored. Blobs would take more; a limit keeps turns within memory.
 *
 * @param bytes the limit, in bytes of UTF-8
 */
record PayloadLimit(int bytes) {
  /** Why a commit can never be stored; null when it can. Asked before anything is written. */
  @Nullable FailureDetails flawOf(TurnCommit c) {
    int largest = largest(c.next());
    for (HistoryEvent e : c.history().events()) {
      largest = Math.max(largest, largest(e.body()));
    }
    for (Outbound o : c.outbound()) {
      largest = Math.max(largest, largest(o.message().event().body()));
    }
    if (largest > bytes) {
      return FailureDetails.of("PayloadTooLarge", describe(largest), true);
    }
    String refusal = InstanceRows.refusal(c.next());
    return refusal == null ? null : FailureDetails.of("StateTooLarge", refusal, true);
  }

  void check(NewInstance n) {
    int size = Math.max(largest(n.state()), largest(n.start().message().event().body()));
    if (size > bytes) {
      throw new PayloadException(describe(size), null);
    }
    String refusal = InstanceRows.refusal(n.state());
    if (refusal != null) {
      throw new PayloadException(refusal, null);
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
