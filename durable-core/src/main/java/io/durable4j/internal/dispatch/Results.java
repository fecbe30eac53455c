package io.durable4j.internal.dispatch;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.message.Message;
import io.durable4j.spi.BackendClosedException;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Messages;
import io.durable4j.spi.Outbound;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings results of activities to their callers: straight into the mailbox where the caller's
 * partition is ours, so that the turn which consumes the result deletes the activity's message in
 * its commit; otherwise through storage. A finished activity is never given back while storage can
 * still be reached.
 */
public final class Results {
  private final Drive drive;
  private final Messages messages;
  private final Terms terms;
  private final DispatchSettings settings;
  private final Observer observer;
  private final BooleanSupplier closing;
  private Consumer<Mailbox> elsewhere = box -> {};

  /**
   * Creates the way of results.
   *
   * @param drive time
   * @param messages storage
   * @param terms our partitions
   * @param settings backoff
   * @param observer hears of failures
   * @param closing whether to give up on a storage that fails
   */
  public Results(
      Drive drive,
      Messages messages,
      Terms terms,
      DispatchSettings settings,
      Observer observer,
      BooleanSupplier closing) {
    this.drive = drive;
    this.messages = messages;
    this.terms = terms;
    this.settings = settings;
    this.observer = observer;
    this.closing = closing;
  }

  /** Who runs turns that no activity thread can run. */
  void readyElsewhere(Consumer<Mailbox> ready) {
    this.elsewhere = ready;
  }

  @Nullable Mailbox hand(Held activity, Message result) {
    Term term = terms.of(result.to().instance());
    Arrival arrival = new Arrival(result, activity, true, drive.nanos());
    if (term != null) {
      Term.Offer offer = term.offer(arrival, drive.nanos());
      if (offer.accepted()) {
        return offer.begun();
      }
    }
    respond(arrival);
    return null;
  }

  /** The same, for a caller that cannot run a turn. */
  void handElsewhere(Held activity, Message result) {
    Mailbox begun = hand(activity, result);
    if (begun != null) {
      elsewhere.accept(begun);
    }
  }

  /**
   * Stores a result; keeps its activity leased and tries until it is there, or is not ours to give
   * any more.
   */
  void respond(Arrival result) {
    for (int failures = 0; !tryRespond(result); failures++) {
      if (closing.getAsBoolean()) {
        return;
      }
      drive.signal().await(drive.nanos() + settings.backoff(failures).toNanos());
      renew(result.held());
    }
  }

  /** Tries once to store a result; true when there is nothing more to do. */
  boolean tryRespond(Arrival result) {
    if (result.held().isLost()) {
      return true;
    }
    Outbound out =
        new Outbound(
            result.message(), terms.queueOf(result.message().to().instance()), drive.now(), false);
    try {
      messages.respond(result.held().delivery(), out);
      return true;
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("storing a result", e));
      return e instanceof BackendClosedException;
    }
  }

  private void renew(Held held) {
    try {
      long now = drive.nanos();
      Delivery kept =
          messages
              .renew(List.of(held.delivery()), settings.lease())
              .get(held.delivery().message().id());
      held.renewed(kept, now + settings.lease().toNanos());
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("renewing a result's activity", e));
    }
  }

  void giveBack(Held held, Duration pause) {
    bestEffort("giving a message back", () -> messages.release(List.of(held.delivery()), pause));
  }

  void discard(Held held) {
    bestEffort("deleting a message", () -> messages.delete(List.of(held.delivery())));
  }

  private void bestEffort(String doing, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed(doing, e));
    }
  }
}
