package io.durable4j.internal.partition;

import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets the turns of entities wait a moment for the rest of what is in the queue for them, since
 * each message that comes along is a commit less: while the reads come back full, the batch has
 * room, and for a tenth of a second at most. Other turns never wait. One thread.
 */
final class Gathering {
  private static final long LONGEST = Duration.ofMillis(100).toNanos();

  private final Term term;
  private final int batch;
  private final Consumer<Mailbox> ready;
  private final List<Mailbox> boxes = new ArrayList<>(1);
  private long untilNanos;

  Gathering(Term term, int batch, Consumer<Mailbox> ready) {
    this.term = term;
    this.batch = batch;
    this.ready = ready;
  }

  /** Takes a mailbox whose turn has been begun. */
  void begun(Mailbox box, long nanos) {
    if (!isEntitys(box)) {
      ready.accept(box);
      return;
    }
    if (boxes.isEmpty()) {
      untilNanos = nanos + LONGEST;
    }
    boxes.add(box);
  }

  /** Hands on what need not wait, after a read. */
  void goOn(boolean moreComes, long nanos) {
    boolean mayWait = moreComes && nanos < untilNanos;
    Iterator<Mailbox> all = boxes.iterator();
    while (all.hasNext()) {
      Mailbox box = all.next();
      if (!mayWait || term.waiting(box) >= batch) {
        all.remove();
        ready.accept(box);
      }
    }
  }

  /** Hands everything on. */
  void end() {
    goOn(false, 0);
  }

  private static boolean isEntitys(Mailbox box) {
    return box.instance().value().charAt(0) == '@';
  }
}
