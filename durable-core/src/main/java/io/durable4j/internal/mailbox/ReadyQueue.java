package io.durable4j.internal.mailbox;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Mailboxes that have something and no turn, in the order in which they became ready. Thread-safe.
 */
public final class ReadyQueue {
  private final ArrayDeque<Mailbox> ready = new ArrayDeque<>();

  /**
   * Adds a mailbox whose turn has been begun.
   *
   * @param box the mailbox
   */
  public synchronized void add(Mailbox box) {
    ready.add(box);
  }

  /**
   * Takes the next.
   *
   * @return a mailbox; null when there is none
   */
  public synchronized @Nullable Mailbox poll() {
    return ready.poll();
  }

  /**
   * Whether there is none.
   *
   * @return true when there is none
   */
  public synchronized boolean isEmpty() {
    return ready.isEmpty();
  }
}
