package io.durable4j.internal.entity;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an entity that wait, and who may run: everybody while it is not locked, and only
 * its holder while it is, whose requests go before those of others.
 */
final class EntityQueue {
  private final Sorter sorter;
  private final Deque<Request> queue;
  private final List<String> warnings = new ArrayList<>();
  private @Nullable InstanceId lockedBy;
  private @Nullable String lockId;

  EntityQueue(Scheduler before, Sorter sorter) {
    this.sorter = sorter;
    this.queue = new ArrayDeque<>(before.queue());
    this.lockedBy = before.lockedBy();
    this.lockId = before.lockId();
  }

  /** Takes what has arrived, in order. */
  void take(List<EventRaised> arrivals, Set<Integer> repeats, Instant clock) {
    Deque<Request> holders = new ArrayDeque<>();
    for (int i = 0; i < arrivals.size(); i++) {
      EventRaised event = arrivals.get(i);
      boolean repeat = repeats.contains(i);
      Incoming said = Incoming.of(event);
      if (said instanceof Incoming.Asks asks) {
        sorter.receive(asks.request(), clock, r -> (isHolders(r) ? holders : queue).add(r), repeat);
      } else if (said instanceof Incoming.Releases releases) {
        release(releases.release(), holders);
      } else if (said instanceof Incoming.Unreadable unreadable) {
        warnings.add(unreadable.why());
      }
    }
    putInFront(holders);
  }

  /** Another lock that the holder asks for, perhaps in a former execution, waits like others'. */
  private boolean isHolders(Request r) {
    return lockedBy != null && isFrom(r, lockedBy) && !isForAnotherLock(r);
  }

  private boolean isForAnotherLock(Request r) {
    return r.lock() != null && lockId != null && !r.lockId().equals(lockId);
  }

  private void release(Release release, Deque<Request> holders) {
    queue.removeIf(r -> isLock(r, release));
    holders.removeIf(r -> isLock(r, release));
    boolean counts =
        lockId == null || lockId.equals(release.id()) || release.id().equals(Release.ORPHANED);
    if (release.holder().equals(lockedBy) && counts) {
      lockedBy = null;
      lockId = null;
    }
  }

  /** Whether a request asks for the lock that a release ends. */
  private static boolean isLock(Request r, Release release) {
    Request.Sender sender = r.sender();
    return r.lock() != null
        && r.lockId().equals(release.id())
        && sender != null
        && sender.instance().equals(release.holder());
  }

  /** In front of everybody else's, but behind what the holder has sent before. */
  private void putInFront(Deque<Request> holders) {
    if (holders.isEmpty()) {
      return;
    }
    Request.Sender holder = holders.getFirst().sender();
    Deque<Request> earlier = new ArrayDeque<>();
    while (!queue.isEmpty()
        && holder != null
        && isFrom(queue.getFirst(), holder.instance())
        && !isForAnotherLock(queue.getFirst())) {
      earlier.add(queue.removeFirst());
    }
    while (!holders.isEmpty()) {
      queue.addFirst(holders.removeLast());
    }
    while (!earlier.isEmpty()) {
      queue.addFirst(earlier.removeLast());
    }
  }

  private static boolean isFrom(Request r, InstanceId sender) {
    Request.Sender from = r.sender();
    return from != null && from.instance().equals(sender);
  }

  /** Whether there is a request that may run now. */
  boolean mayRun() {
    Request first = queue.peekFirst();
    return first != null && (lockedBy == null || isHolders(first));
  }

  /** The request that runs next; the queue has one. */
  Request next() {
    return queue.removeFirst();
  }

  /**
   * Gives the entity to one who has asked for it. Another engine may have told the holder so by a
   * batch that it never committed; then what it does under the lock waits already.
   */
  void lock(InstanceId holder, String id) {
    lockedBy = holder;
    lockId = id;
    Deque<Request> holders = new ArrayDeque<>();
    queue.removeIf(r -> isUnder(r, holder, id) && holders.add(r));
    while (!holders.isEmpty()) {
      queue.addFirst(holders.removeLast());
    }
  }

  private static boolean isUnder(Request r, InstanceId holder, String lock) {
    return isFrom(r, holder) && (r.lock() == null || r.lockId().equals(lock));
  }

  /** Takes a request back that is to be the next one, too. */
  void putBack(Request r) {
    queue.addFirst(r);
  }

  List<String> warnings() {
    return warnings;
  }

  /** What is kept, with this state. */
  Scheduler after(@Nullable Payload state, Instant clock) {
    return new Scheduler(state, List.copyOf(queue), lockedBy, lockId, sorter.after(clock));
  }
}
