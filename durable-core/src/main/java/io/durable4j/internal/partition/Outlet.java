package io.durable4j.internal.partition;

import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Term;

/** Where a pump hands things to; implemented by those who run turns. */
public interface Outlet {
  /**
   * Takes a mailbox whose turn has been begun.
   *
   * @param box the mailbox
   */
  void ready(Mailbox box);

  /**
   * An ownership has ended: nothing that was known under it counts any more.
   *
   * @param term the ownership
   */
  void left(Term term);

  /**
   * Tries once to store a result that was made here and waits too long in its mailbox. Never
   * throws.
   *
   * @param result the result
   * @return whether there is nothing more to do for it
   */
  boolean tryRespond(Arrival result);

  /**
   * Stores a result that was made here and has no mailbox any more; keeps at it while storage
   * fails. Never throws.
   *
   * @param result the result
   */
  void respond(Arrival result);
}
