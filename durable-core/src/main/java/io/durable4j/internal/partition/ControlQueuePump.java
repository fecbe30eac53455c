package io.durable4j.internal.partition;

import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Polling;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.QueueOrder;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Messages;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the control queue of one ownership into mailboxes, keeps what they hold leased, and brings
 * turns back whose pause is over. One thread. It reads only before the ownership's written expiry.
 */
final class ControlQueuePump {
  private static final int BATCH = 32;
  private static final long MILLI = 1_000_000;
  private static final long RESULT_PATIENCE = 1_000 * MILLI;

  private final Drive drive;
  private final Messages messages;
  private final PartitionSettings settings;
  private final Outlet outlet;
  private final Observer observer;
  private final Term term;
  private final Signal signal;
  private final QueueId queue;
  private volatile long readUntilNanos;
  private volatile boolean draining;
  private volatile boolean stopped;
  private volatile boolean lookAgain = true;
  private volatile boolean ended;
  private final Gathering gathering;
  private final Polling polling;
  private long nextPollNanos = Long.MIN_VALUE;
  private long visibleNanos = Signal.FOREVER;
  private long nextRenewalNanos = Long.MIN_VALUE;

  ControlQueuePump(
      Drive drive,
      Messages messages,
      PartitionSettings settings,
      Outlet outlet,
      Observer observer,
      Term term,
      Signal signal) {
    this.drive = drive;
    this.messages = messages;
    this.settings = settings;
    this.outlet = outlet;
    this.observer = observer;
    this.term = term;
    this.signal = signal;
    this.queue = new QueueId(QueueId.Kind.CONTROL, term.fence().partition());
    this.polling = new Polling(drive, settings.pollMin(), settings.pollMax());
    this.gathering = new Gathering(term, settings.entityBatch(), outlet::ready);
  }

  Term term() {
    return term;
  }

  /** Whether the ownership is over, as it was written last; one that is given back is not. */
  boolean isOver() {
    return !draining && drive.nanos() >= readUntilNanos;
  }

  /** The ownership was renewed. */
  void readUntil(long nanos) {
    readUntilNanos = nanos;
    signal.raise();
  }

  /** Something may be in the queue. */
  void look() {
    lookAgain = true;
    signal.raise();
  }

  /** Takes no more; ends once no turn is in flight. */
  void drain() {
    term.drain();
    draining = true;
    signal.raise();
  }

  /** The ownership is lost: ends at once, turns in flight are fenced off by storage. */
  void stop() {
    term.drain();
    stopped = true;
    signal.raise();
  }

  boolean isEnded() {
    return ended;
  }

  void run() {
    try {
      while (!stopped && !(draining && term.isQuiet())) {
        long now = drive.nanos();
        try {
          renew(now);
          if (!draining) {
            term.beginDue(now).forEach(outlet::ready);
          }
          gathering.goOn(receive(), drive.nanos());
        } catch (RuntimeException e) {
          observer.on(new EngineEvent.StorageFailed("reading " + queue, e));
          nextPollNanos = drive.nanos() + 200 * MILLI;
          gathering.end();
        }
        for (Arrival result : term.takeOverdue(now - RESULT_PATIENCE)) {
          if (!outlet.tryRespond(result)) {
            term.keep(result);
          }
        }
        long wake = nextWake();
        if (!signal.await(wake, this::nextDue) && drive.nanos() < wake) {
          // a clock that jumps has stopped because a message is visible now
          nextPollNanos = drive.nanos();
        }
      }
      gathering.end();
      giveBack();
    } finally {
      ended = true;
    }
  }

  /** Whether there surely is more to read at once. */
  private boolean receive() {
    // a fresh look at the clock: what came before may have taken longer than the ownership lasts
    long now = drive.nanos();
    if (lookAgain) {
      lookAgain = false;
      nextPollNanos = now;
      polling.restart();
    }
    int space = settings.prefetch() - term.heldCount();
    boolean due = now >= nextPollNanos && space > 0;
    if (!due || draining || stopped || now >= readUntilNanos) {
      return false;
    }
    int most = Math.min(BATCH, space);
    Received got =
        messages.receive(queue, new Receive(most, settings.messageLease(), term.fence(), null));
    long deadline = now + settings.messageLease().toNanos();
    visibleNanos = visibleNanos(got.nextVisible());
    if (drive.nanos() >= readUntilNanos && !got.deliveries().isEmpty()) {
      // it took so long that another may own the partition, who is to have them at once
      messages.release(got.deliveries(), Duration.ZERO);
      return false;
    }
    List<Delivery> refused = new ArrayList<>();
    for (Arrival a : arrivals(got, now, deadline)) {
      Term.Offer offer = term.offer(a, now);
      if (offer.begun() != null) {
        gathering.begun(offer.begun(), now);
      } else if (!offer.accepted()) {
        refused.add(a.held().delivery());
      }
    }
    if (!refused.isEmpty()) {
      messages.release(refused, Duration.ZERO);
    }
    if (got.deliveries().isEmpty()) {
      nextPollNanos = polling.next(now, got.nextVisible());
    } else {
      polling.restart();
      nextPollNanos = now;
    }
    return got.deliveries().size() == most && space > most;
  }

  private static List<Arrival> arrivals(Received got, long now, long deadline) {
    List<Arrival> arrivals = new ArrayList<>(got.deliveries().size());
    for (Delivery d : got.deliveries()) {
      arrivals.add(new Arrival(d.message(), new Held(d, deadline), false, now));
    }
    return arrivals.isEmpty() ? arrivals : QueueOrder.sorted(arrivals);
  }

  private long visibleNanos(@Nullable Instant visible) {
    return visible == null ? Signal.FOREVER : drive.nanosAt(visible);
  }

  /** When there is surely something to do. */
  private long nextDue() {
    if (draining || stopped) {
      return Signal.FOREVER;
    }
    boolean mayRead = drive.nanos() < readUntilNanos && term.heldCount() < settings.prefetch();
    return Math.min(term.nextDueNanos(), mayRead ? visibleNanos : Signal.FOREVER);
  }

  private long nextWake() {
    long renewal = nextRenewalNanos;
    if (draining || stopped) {
      return renewal;
    }
    long next = Math.min(renewal, term.nextDueNanos());
    boolean full = term.tellBelow(settings.prefetch());
    // with the ownership over, only its renewal makes a read possible, and that raises the signal
    boolean mayRead = drive.nanos() < readUntilNanos;
    long poll = mayRead && !full ? nextPollNanos : Signal.FOREVER;
    long patience = term.heldCount() == 0 ? Signal.FOREVER : drive.nanos() + RESULT_PATIENCE;
    return Math.min(Math.min(next, poll), patience);
  }

  /** Looks six times in a lease, and renews what has less than two thirds of it left. */
  private void renew(long now) {
    long lease = settings.messageLease().toNanos();
    if (now < nextRenewalNanos) {
      return;
    }
    nextRenewalNanos = now + lease / 6;
    List<Arrival> due = new ArrayList<>();
    for (Arrival a : term.held()) {
      if (!a.held().isLost() && a.held().deadlineNanos() - now < lease * 2 / 3) {
        due.add(a);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    Map<MessageId, Delivery> kept =
        messages.renew(
            due.stream().map(a -> a.held().delivery()).toList(), settings.messageLease());
    for (Arrival a : due) {
      a.held().renewed(kept.get(a.held().delivery().message().id()), now + lease);
    }
  }

  private void giveBack() {
    List<Delivery> queued = new ArrayList<>();
    for (Arrival a : term.takeAll()) {
      if (a.local()) {
        outlet.respond(a);
      } else {
        queued.add(a.held().delivery());
      }
    }
    try {
      if (!queued.isEmpty()) {
        messages.release(queued, Duration.ZERO);
      }
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("giving messages back to " + queue, e));
    }
  }
}
