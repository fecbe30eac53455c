package io.durable4j.internal.dispatch;

import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.ReadyQueue;
import io.durable4j.internal.observe.EngineEvent.PermitKind;
import io.durable4j.internal.observe.Observer;
import org.jspecify.annotations.Nullable;

/** Mailboxes that wait for their turns, and the permits of these. Thread-safe, never blocks. */
public final class TurnQueue {
  private final ReadyQueue ready = new ReadyQueue();
  private final Permits permits;
  private final Saturation full;

  /**
   * An empty queue with all permits free.
   *
   * @param kind what the permits are for
   * @param total how many turns at a time
   * @param observer hears when work waits for a permit
   */
  public TurnQueue(PermitKind kind, int total, Observer observer) {
    this.permits = new Permits(total, () -> {});
    this.full = new Saturation(observer, kind, total);
  }

  /**
   * The permits.
   *
   * @return the permits
   */
  public Permits permits() {
    return permits;
  }

  void add(Mailbox box) {
    ready.add(box);
  }

  /** Takes a permit for a turn that goes on here; false when there is none. */
  boolean takePermit() {
    return permits.take(1) == 1;
  }

  /** Takes the next mailbox with a permit for its turn; null when one of them is missing. */
  @Nullable Mailbox next() {
    if (!takePermit()) {
      if (!ready.isEmpty()) {
        full.begins();
      }
      return null;
    }
    Mailbox box = ready.poll();
    if (box == null) {
      permits.give(1);
      full.over();
    }
    return box;
  }

  /** Gives the permit of a turn back. */
  void ended() {
    permits.give(1);
  }
}
