package io.durable4j.internal.entity;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of each sender in order and drops repeats, as long as they come within a window
 * of time. It goes on from a {@link Sorting} and ends in one. One thread.
 *
 * <p>A message names the one before it. Where that one has not come yet, the message waits for it,
 * but no longer than the window: what is older than the <em>horizon</em>, the newest time seen less
 * the window, is neither waited for nor remembered. The horizon follows the times of the messages,
 * so that those of a long backlog are still sorted, but never runs ahead of the receiver's clock:
 * one sender whose clock is fast does not spoil the order of the others.
 *
 * <p>Each execution of a sender counts its messages anew. What an execution says late, after
 * another has spoken, is taken as it comes; so is what the other says at times at which the former
 * has spoken, since generations tell which of two is the later one, and other executions do not.
 */
final class Sorter {
  /**
   * How many instances are remembered that sent or were sent something; the newest ones. Without
   * that a busy entity's memory, which is stored with each batch, would grow with the number of its
   * callers. Of those that are forgotten, a message is taken as it comes.
   */
  static final int MOST_REMEMBERED = 1_000;

  /** How far a horizon lags behind before it is moved, which takes a walk over all that is kept. */
  private static final Duration LAG = Duration.ofSeconds(10);

  private final Duration window;
  private final Map<InstanceId, Instant> lastSent;
  private final Map<InstanceId, Sender> senders = new TreeMap<>();

  /** Ids of requests that came, those of former batches as far as they are known. */
  private final Set<String> came;

  private @Nullable Instant receiveHorizon;
  private @Nullable Instant sendHorizon;

  /**
   * Creates a sorter.
   *
   * @param before what is remembered
   * @param window how far apart messages may come that are sorted; zero sorts none
   */
  Sorter(Sorting before, Duration window) {
    this(before, window, Set.of());
  }

  /**
   * The same where messages may be sent again under another time, and a store drops those: what
   * comes after one is told to wait for a time that will never come, and names it for that.
   *
   * @param before what is remembered
   * @param window how far apart messages may come that are sorted; zero sorts none
   * @param formerly ids of requests that came before
   */
  Sorter(Sorting before, Duration window, Set<String> formerly) {
    this.came = new HashSet<>(formerly);
    this.window = window;
    this.lastSent = new TreeMap<>(before.lastSent());
    this.receiveHorizon = before.receiveHorizon();
    this.sendHorizon = before.sendHorizon();
    before.received().forEach((id, received) -> senders.put(id, new Sender(received)));
  }

  /**
   * Takes a message.
   *
   * @param request the message
   * @param clock the receiver's time
   * @param deliver gets the messages whose turn has come, in order
   */
  void receive(Request request, Instant clock, Consumer<Request> deliver) {
    receive(request, clock, deliver, false);
  }

  /**
   * The same where the message may be sent again under another time, which happens where commits
   * are not atomic: what comes after it is told to wait for that time.
   *
   * @param request the message
   * @param clock the receiver's time
   * @param deliver gets the messages whose turn has come, in order
   * @param repeat whether it was received before, and must not be delivered a second time
   */
  void receive(Request request, Instant clock, Consumer<Request> deliver, boolean repeat) {
    Request.Sender from = request.sender();
    Instant timestamp = request.stamp().timestamp();
    Request.Lock lock = request.lock();
    boolean forwarded = lock != null && lock.position() > 0;
    if (window.isZero()
        || from == null
        || timestamp == null
        || request.due() != null
        || forwarded) {
      // a lock whose first grant was given back is granted anew, and answered anew
      if (!repeat || forwarded) {
        deliver.accept(request);
      }
      return;
    }
    came.add(request.id());
    collect(timestamp.isAfter(clock) ? clock : timestamp, deliver);
    if (isPast(timestamp)) {
      if (!repeat) {
        deliver.accept(request);
      }
      return;
    }
    Sender sender = senders.computeIfAbsent(from.instance(), id -> new Sender(from.execution()));
    boolean late = sender.isBeyond(from.execution(), timestamp);
    if (!late && !Objects.equals(sender.execution, from.execution())) {
      sender.begin(from.execution(), deliver);
    }
    if (late || !timestamp.isAfter(sender.since)) {
      if (!repeat) {
        deliver.accept(request);
      }
      return;
    }
    if (repeat) {
      sender.takeAgain(timestamp, request, deliver);
    } else {
      sender.take(timestamp, request, deliver);
    }
  }

  private boolean isPast(Instant time) {
    return receiveHorizon != null && time.isBefore(receiveHorizon);
  }

  /** Moves the horizon, and lets go of what lies behind it. */
  private void collect(Instant now, Consumer<Request> deliver) {
    if (isNear(receiveHorizon, now)) {
      return;
    }
    receiveHorizon = now.minus(window);
    Iterator<Sender> all = senders.values().iterator();
    while (all.hasNext()) {
      Sender sender = all.next();
      sender.forgetPast();
      sender.drain(deliver);
      if (sender.isForgotten()) {
        all.remove();
      }
    }
  }

  private boolean isNear(@Nullable Instant horizon, Instant now) {
    return horizon != null && !now.isAfter(horizon.plus(window).plus(LAG));
  }

  /** Stamps for the messages of one operation, which count once {@link #sent} was called. */
  Stamps stamps() {
    return new Stamps(lastSent);
  }

  boolean sorts() {
    return !window.isZero();
  }

  void sent(Stamps stamps) {
    lastSent.putAll(stamps.sent());
  }

  /**
   * What is to be remembered.
   *
   * @param clock the receiver's time
   */
  Sorting after(Instant clock) {
    if (!lastSent.isEmpty() && !isNear(sendHorizon, clock)) {
      Instant horizon = clock.minus(window);
      lastSent.values().removeIf(t -> t.isBefore(horizon));
      sendHorizon = horizon;
    }
    forgetOldest();
    Map<InstanceId, Sorting.Received> received = new TreeMap<>();
    senders.forEach(
        (id, s) ->
            received.put(id, new Sorting.Received(s.last, s.execution, s.buffered, s.since)));
    return new Sorting(lastSent, received, receiveHorizon, sendHorizon);
  }

  private void forgetOldest() {
    if (senders.size() > MOST_REMEMBERED) {
      Instant newest = newest(senders.values().stream().map(Sender::newest).toList());
      senders.values().removeIf(s -> s.buffered.isEmpty() && s.newest().isBefore(newest));
    }
    if (lastSent.size() > MOST_REMEMBERED) {
      Instant newest = newest(lastSent.values());
      lastSent.values().removeIf(t -> t.isBefore(newest));
    }
  }

  /** From when on there are about as many as are remembered. */
  private static Instant newest(Collection<Instant> times) {
    return times.stream()
        .sorted(Comparator.reverseOrder())
        .skip(MOST_REMEMBERED - 1)
        .findFirst()
        .orElse(Instant.MIN);
  }

  /** What came from one instance. */
  private final class Sender {
    private final TreeMap<Instant, Request> buffered = new TreeMap<>();
    private Instant last = Instant.MIN;

    /** When the former execution has spoken last. Which of two comes later is not sure before. */
    private Instant since = Instant.MIN;

    private @Nullable ExecutionId execution;

    Sender(@Nullable ExecutionId execution) {
      this.execution = execution;
    }

    Sender(Sorting.Received received) {
      this(received.execution());
      last = received.last();
      since = received.since();
      buffered.putAll(received.buffered());
    }

    /**
     * Whether it has spoken as a later execution: what is late of a former one changes nothing.
     * Generations tell which is later; of others the one that has spoken at a later time is.
     */
    boolean isBeyond(@Nullable ExecutionId other, Instant timestamp) {
      if (other == null || execution == null || other.equals(execution)) {
        return false;
      }
      return execution.continues(other)
          || (!other.continues(execution) && timestamp.isBefore(newest()));
    }

    /** The newest time that it has spoken at. */
    private Instant newest() {
      Instant heard = buffered.isEmpty() ? last : buffered.lastKey();
      return heard.isAfter(since) ? heard : since;
    }

    boolean isForgotten() {
      return last.equals(Instant.MIN) && since.equals(Instant.MIN) && buffered.isEmpty();
    }

    /** Another execution counts anew; what the former one has said is all that will come. */
    void begin(@Nullable ExecutionId next, Consumer<Request> deliver) {
      boolean isSure = next != null && execution != null && next.continues(execution);
      since = isSure ? Instant.MIN : newest();
      buffered.values().forEach(deliver);
      buffered.clear();
      last = Instant.MIN;
      execution = next;
    }

    void take(Instant timestamp, Request request, Consumer<Request> deliver) {
      if (!timestamp.isAfter(last)) {
        return;
      }
      if (waits(request)) {
        buffered.putIfAbsent(timestamp, request);
        return;
      }
      deliver.accept(request);
      last = timestamp;
      drain(deliver);
    }

    /** Takes its later time; where the former one still waits, in the place of that. */
    void takeAgain(Instant timestamp, Request request, Consumer<Request> deliver) {
      if (!timestamp.isAfter(last)) {
        return;
      }
      boolean replaced = buffered.values().removeIf(r -> r.id().equals(request.id()));
      if (replaced) {
        take(timestamp, request, deliver);
      } else {
        last = timestamp;
        drain(deliver);
      }
    }

    private boolean waits(Request request) {
      Instant predecessor = request.stamp().predecessor();
      return predecessor != null
          && predecessor.isAfter(last)
          && predecessor.isAfter(since)
          && !isPast(predecessor)
          && !isDone(request.stamp().predecessorId());
    }

    /** Whether it came under another time, and has been delivered. */
    private boolean isDone(@Nullable String id) {
      return id != null
          && came.contains(id)
          && buffered.values().stream().noneMatch(r -> r.id().equals(id));
    }

    void forgetPast() {
      if (isPast(last)) {
        last = Instant.MIN;
      }
      if (isPast(since)) {
        since = Instant.MIN;
      }
    }

    /** Delivers what waits no longer. */
    void drain(Consumer<Request> deliver) {
      while (!buffered.isEmpty() && !waits(buffered.firstEntry().getValue())) {
        Map.Entry<Instant, Request> first = buffered.pollFirstEntry();
        deliver.accept(first.getValue());
        if (first.getKey().isAfter(last) && !isPast(first.getKey())) {
          last = first.getKey();
        }
      }
    }
  }
}
