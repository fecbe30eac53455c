package io.durable4j.internal.mailbox;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Signal;
import io.durable4j.spi.Fence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ownership of a partition, with the mailboxes of its instances. It is the monitor of all of
 * them; nothing here blocks.
 */
public final class Term {
  private final Fence fence;
  private final Signal pump;
  private final int maxParked;
  private final Map<InstanceId, Mailbox> boxes = new LinkedHashMap<>();
  private int held;
  private int busy;
  private boolean open = true;
  private boolean foreign;
  private int tellBelow;

  /**
   * A new ownership.
   *
   * @param fence its fence
   * @param pump raised when the pump should look again
   * @param maxParked how many messages of parked instances are held
   */
  public Term(Fence fence, Signal pump, int maxParked) {
    this.maxParked = maxParked;
    this.fence = fence;
    this.pump = pump;
  }

  /**
   * The right that storage checks.
   *
   * @return the fence
   */
  public Fence fence() {
    return fence;
  }

  /**
   * Puts an arrival into its mailbox.
   *
   * @param arrival the arrival
   * @param nanos now
   * @return what became of it
   */
  public synchronized Offer offer(Arrival arrival, long nanos) {
    if (!open) {
      return Offer.REFUSED;
    }
    Mailbox box =
        boxes.computeIfAbsent(arrival.message().to().instance(), id -> new Mailbox(id, this));
    box.waiting.add(arrival);
    held++;
    // what is new may be what ends the parking: a termination, say
    boolean mayBegin = box.isIdle(nanos) || (box.parked && !box.busy);
    return mayBegin ? begin(box) : Offer.QUEUED;
  }

  private Offer begin(Mailbox box) {
    box.busy = true;
    box.parked = false;
    busy++;
    return new Offer(box, true);
  }

  /**
   * What became of an arrival.
   *
   * @param begun the mailbox whose turn the caller has to run now; null when there is none to run
   * @param accepted whether it is in the mailbox
   */
  public record Offer(@Nullable Mailbox begun, boolean accepted) {
    static final Offer REFUSED = new Offer(null, false);
    static final Offer QUEUED = new Offer(null, true);
  }

  /**
   * Takes what a begun turn shall consume.
   *
   * @param box the mailbox
   * @param max at most so many
   * @return the arrivals, those of the queue in queue order
   */
  public synchronized List<Arrival> take(Mailbox box, int max) {
    int n = Math.min(box.alone > 0 ? 1 : max, box.waiting.size());
    List<Arrival> first = box.waiting.subList(0, n);
    List<Arrival> taken = QueueOrder.sorted(first);
    first.clear();
    box.inFlight = taken;
    return taken;
  }

  /**
   * Ends a turn.
   *
   * @param box the mailbox
   * @param back arrivals that were not consumed and stay held
   * @param notBeforeNanos when the next turn may begin
   * @param failed whether storage failed it
   * @param nanos now
   * @return the mailbox when its next turn has been begun for the caller
   */
  public synchronized @Nullable Mailbox done(
      Mailbox box, List<Arrival> back, long notBeforeNanos, boolean failed, long nanos) {
    held -= box.inFlight.size() - back.size();
    if (box.alone > 0 && back.isEmpty()) {
      box.alone--;
    }
    box.inFlight = List.of();
    box.busy = false;
    busy--;
    if (held < tellBelow) {
      tellBelow = 0;
      pump.raise();
    }
    box.waiting.addAll(0, back);
    box.failures = failed ? box.failures + 1 : 0;
    box.notBeforeNanos = notBeforeNanos;
    if (!open) {
      pump.raise();
      return null;
    }
    if (box.waiting.isEmpty()) {
      boxes.remove(box.instance());
      return null;
    }
    boolean more = box.parked && box.waiting.size() > back.size();
    if (box.isIdle(nanos) || more) {
      return begin(box).begun();
    }
    pump.raise();
    return null;
  }

  /**
   * Makes the next turns of a mailbox take one arrival each.
   *
   * @param box the mailbox
   * @param turns how many turns that consume theirs
   */
  public synchronized void isolate(Mailbox box, int turns) {
    box.alone = turns;
  }

  /**
   * How often storage failed the turns of a mailbox in a row.
   *
   * @param box the mailbox
   * @return the number
   */
  public synchronized int failures(Mailbox box) {
    return box.failures;
  }

  /**
   * Begins the turns of mailboxes whose pause is over.
   *
   * @param nanos now
   * @return the mailboxes; the caller has to run them
   */
  public synchronized List<Mailbox> beginDue(long nanos) {
    List<Mailbox> due = new ArrayList<>();
    if (open) {
      for (Mailbox box : boxes.values()) {
        if (!box.waiting.isEmpty() && box.isIdle(nanos)) {
          begin(box);
          due.add(box);
        }
      }
    }
    return due;
  }

  /**
   * When the next pause ends.
   *
   * @return monotonic nanoseconds, or {@link Signal#FOREVER}
   */
  public synchronized long nextDueNanos() {
    long next = Signal.FOREVER;
    for (Mailbox box : boxes.values()) {
      if (!box.busy && !box.waiting.isEmpty()) {
        next = Math.min(next, box.notBeforeNanos);
      }
    }
    return next;
  }

  /**
   * Everything that is held, in mailboxes and in turns.
   *
   * @return the arrivals
   */
  public synchronized List<Arrival> held() {
    List<Arrival> all = new ArrayList<>(held);
    for (Mailbox box : boxes.values()) {
      all.addAll(box.inFlight);
      all.addAll(box.waiting);
    }
    return all;
  }

  /**
   * What waits for one instance.
   *
   * @param instance the instance
   * @return the arrivals that wait or are in a turn
   */
  public synchronized List<Arrival> heldFor(InstanceId instance) {
    Mailbox box = boxes.get(instance);
    List<Arrival> all = new ArrayList<>();
    if (box != null) {
      all.addAll(box.inFlight);
      all.addAll(box.waiting);
    }
    return all;
  }

  /**
   * Takes out results that were made here and wait too long, and arrivals that are lost.
   *
   * @param beforeNanos results that came before this
   * @return the results, which the caller must store
   */
  public synchronized List<Arrival> takeOverdue(long beforeNanos) {
    List<Arrival> overdue = new ArrayList<>();
    for (Mailbox box : boxes.values()) {
      box.waiting.removeIf(a -> isOver(a, beforeNanos, overdue));
    }
    return overdue;
  }

  /** Whether an arrival does not stay; if it is a result that is not lost, it is overdue. */
  private boolean isOver(Arrival a, long beforeNanos, List<Arrival> overdue) {
    boolean lost = a.held().isLost();
    boolean late = a.local() && a.sinceNanos() < beforeNanos;
    if (late && !lost) {
      overdue.add(a);
    }
    if (late || lost) {
      held--;
    }
    return late || lost;
  }

  /**
   * Puts back what {@link #takeOverdue} took and could not be stored.
   *
   * @param result the result
   */
  public synchronized void keep(Arrival result) {
    InstanceId id = result.message().to().instance();
    boxes.computeIfAbsent(id, key -> new Mailbox(key, this)).waiting.add(result);
    held++;
  }

  /**
   * How many arrivals are held.
   *
   * @return the number
   */
  public synchronized int heldCount() {
    return held;
  }

  /**
   * Asks for the pump's signal once fewer arrivals are held.
   *
   * @param limit fewer than this
   * @return whether there are as many now; otherwise nothing is asked
   */
  public synchronized boolean tellBelow(int limit) {
    tellBelow = held >= limit ? limit : 0;
    return held >= limit;
  }

  /**
   * How many arrivals the next turn of a mailbox could take.
   *
   * @param box the mailbox
   * @return the number
   */
  public synchronized int waiting(Mailbox box) {
    return box.waiting.size();
  }

  /**
   * Notes that an instance cannot go on for now.
   *
   * @param box its mailbox, in a turn
   * @param unknownHere whether another worker may know what this one does not
   * @return whether its messages may stay; otherwise they must go back to the queue, since too many
   *     are held to receive others
   */
  public synchronized boolean park(Mailbox box, boolean unknownHere) {
    foreign |= unknownHere;
    int others = 0;
    for (Mailbox b : boxes.values()) {
      others += b.parked ? b.waiting.size() : 0;
    }
    box.parked = others + box.inFlight.size() <= maxParked;
    return box.parked;
  }

  /**
   * Notes why a mailbox is about to be parked.
   *
   * @param box the mailbox, in a turn
   * @param why the reason
   * @return whether it is another one than before
   */
  public synchronized boolean isNews(Mailbox box, String why) {
    boolean news = !why.equals(box.parkedFor);
    box.parkedFor = why;
    return news;
  }

  /**
   * Whether there were messages for instances that another worker may know.
   *
   * @return whether
   */
  public synchronized boolean hasForeign() {
    return foreign;
  }

  /**
   * When the oldest of what could go on now came.
   *
   * @return monotonic nanoseconds; {@link Signal#FOREVER} when nothing waits but for the end of a
   *     pause
   */
  public synchronized long oldestNanos() {
    long oldest = Signal.FOREVER;
    for (Mailbox box : boxes.values()) {
      for (Arrival a : box.parked ? List.<Arrival>of() : box.waiting) {
        oldest = Math.min(oldest, a.sinceNanos());
      }
    }
    return oldest;
  }

  /** Refuses further arrivals; turns in flight go on. */
  public synchronized void drain() {
    open = false;
  }

  /**
   * Whether no turn is in flight.
   *
   * @return true when none is
   */
  public synchronized boolean isQuiet() {
    return busy == 0;
  }

  /**
   * Takes everything out of the mailboxes of a drained term.
   *
   * @return the arrivals
   */
  public synchronized List<Arrival> takeAll() {
    List<Arrival> all = new ArrayList<>();
    for (Mailbox box : boxes.values()) {
      all.addAll(box.waiting);
      held -= box.waiting.size();
      box.waiting.clear();
    }
    return all;
  }
}
