package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.PayloadException;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.PayloadLimit;
import io.durable4j.spi.TurnCommit;
import org.jspecify.annotations.Nullable;

/**
 * What is too large to be stored. Blobs would take larger payloads; a limit keeps turns within
 * memory. Custom status and tags stand in columns, wherever they come from.
 *
 * @param payloads the largest payload
 */
record SizeLimits(PayloadLimit payloads) {
  /** Why a commit can never be stored; null when it can. Asked before anything is written. */
  @Nullable FailureDetails flawOf(TurnCommit c) {
    FailureDetails flaw = payloads.flawOf(c);
    String refusal = flaw == null ? InstanceRows.refusal(c.next()) : null;
    return refusal == null ? flaw : FailureDetails.of("StateTooLarge", refusal, true);
  }

  void check(NewInstance n) {
    payloads.check(n);
    String refusal = InstanceRows.refusal(n.state());
    if (refusal != null) {
      throw new PayloadException(refusal, null);
    }
  }
}
