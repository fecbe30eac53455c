package io.durable4j.internal.dispatch;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.Messages;
import io.durable4j.spi.Outbound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets poison aside: an activity that was delivered too often without an answer, and a message that
 * fails each turn which consumes nothing but it. Storage that fails meanwhile leaves the message
 * where it is, and it comes again.
 */
public final class Quarantine {
  private static final int REMEMBERED = 10_000;

  private final Drive drive;
  private final Messages messages;
  private final Terms terms;
  private final Results results;
  private final DispatchSettings settings;
  private final Observer observer;
  private final Map<MessageId, Integer> faults = new LinkedHashMap<>();

  /**
   * Nothing is set aside yet.
   *
   * @param drive time
   * @param messages storage
   * @param terms our partitions
   * @param results stores results that were made here
   * @param settings when
   * @param observer hears of it
   */
  public Quarantine(
      Drive drive,
      Messages messages,
      Terms terms,
      Results results,
      DispatchSettings settings,
      Observer observer) {
    this.drive = drive;
    this.messages = messages;
    this.terms = terms;
    this.results = results;
    this.settings = settings;
    this.observer = observer;
  }

  /** Whether this delivery is one too many. */
  boolean isPoison(Delivery activity) {
    return activity.counted() > settings.poison().after();
  }

  /** Sets an activity aside; tells its caller before that, if it is to be told. */
  void activity(Delivery held, TaskScheduled call) {
    int times = held.counted() - 1;
    Message request = held.message();
    String who = "Activity " + call.name() + " of instance " + request.to().instance();
    FailureDetails why =
        why(
            "PoisonActivity",
            who
                + ", step "
                + request.event().eventId()
                + ": message "
                + request.id()
                + " was delivered "
                + times
                + " times and never answered; it may end its worker. It is in quarantine: "
                + (settings.poison().failCaller()
                    ? "the caller goes on without it"
                    : "requeue it after a fix, or drop it, which fails the call"),
            times);
    try {
      if (settings.poison().failCaller()) {
        TaskFailed failed = new TaskFailed(request.event().eventId(), request.id(), why);
        HistoryEvent event = HistoryEvent.of(drive.now(), request.id().answer(), failed);
        Message answer = new Message(request.to(), request.to(), event);
        messages.send(
            List.of(
                new Outbound(answer, terms.queueOf(request.to().instance()), drive.now(), false)),
            settings.lease());
      }
      setAside(held, call.name(), times, why);
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("setting an activity aside", e));
    }
  }

  /**
   * Judges a turn that failed by itself: more than one message are tried one at a time from now on,
   * a single one is counted, and set aside when it was too often.
   *
   * @return the arrivals that stay held
   */
  List<Arrival> faulted(Mailbox box, TurnEnd.Faulted end, TurnRunner turns) {
    List<Arrival> held = end.arrivals().stream().filter(a -> !a.held().isLost()).toList();
    if (held.size() != 1) {
      box.term().isolate(box, held.size());
      return held;
    }
    Arrival only = held.get(0);
    MessageId id = only.message().id();
    int times = count(id);
    if (only.local()) {
      results.respond(only); // it is stored nowhere yet; it comes again from its queue
      return List.of();
    }
    if (times < settings.poison().after()) {
      return held;
    }
    String kind = only.message().event().body().kind();
    FailureDetails why =
        why(
            "PoisonMessage",
            "Message "
                + id
                + " ("
                + kind
                + ") for instance "
                + box.instance()
                + " failed "
                + times
                + " turns and is in quarantine; requeue it after a fix, or drop it. The failure: "
                + end.thrown(),
            times);
    try {
      turns.note(box, why.message());
      setAside(only.held().delivery(), kind, times, why);
      forget(id);
      return List.of();
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("setting a message aside", e));
      return held;
    }
  }

  private void setAside(Delivery held, String what, int times, FailureDetails why) {
    messages.quarantine(held, why);
    Message m = held.message();
    observer.on(new EngineEvent.Quarantined(m.to().instance(), m.id(), what, times, why));
  }

  private static FailureDetails why(String type, String message, int times) {
    return new FailureDetails(type, message, null, null, true, Map.of(Quarantined.TIMES, times));
  }

  private int count(MessageId id) {
    synchronized (faults) {
      int times = faults.merge(id, 1, Integer::sum);
      if (faults.size() > REMEMBERED) {
        faults.remove(faults.keySet().iterator().next());
      }
      return times;
    }
  }

  private void forget(MessageId id) {
    synchronized (faults) {
      faults.remove(id);
    }
  }
}
