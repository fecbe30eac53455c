package io.durable4j.internal.partition;

import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;

/** Where a pump hands things to; implemented by those who run turns. */
public interface Outlet {
  /**
   * Takes a mailbox whose turn has been begun.
   *
   * @param box the mailbox
   */
  void ready(Mailbox box);

  /**
   * Stores a result that was made here and cannot wait any longer in its mailbox. Never throws; on
   * failure the result is made again elsewhere.
   *
   * @param result the result
   */
  void respond(Arrival result);
}
