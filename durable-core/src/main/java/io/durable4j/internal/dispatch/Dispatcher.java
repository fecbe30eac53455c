package io.durable4j.internal.dispatch;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.session.SessionCache;
import io.durable4j.spi.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings ready mailboxes, permits and threads together. A thread follows the work: a turn, an
 * activity that it claimed, the next turn of the same instance, and so on for at most 64 hops.
 */
public final class Dispatcher {
  private static final int MAX_HOPS = 64;
  private static final int MAX_ARRIVALS = 1_000;

  private final Drive drive;
  private final TurnQueue orchestrations;
  private final TurnQueue entities;
  private final ActivityPermits activityPermits;
  private final TurnRunner turns;
  private final ActivityRunner activities;
  private final Results results;
  private final Quarantine quarantine;
  private final Messages messages;
  private final SessionCache sessions;
  private final DispatchSettings settings;
  private final Observer observer;

  /** What the dispatcher works with. */
  public record Parts(
      Drive drive,
      TurnRunner turns,
      ActivityRunner activities,
      Results results,
      Quarantine quarantine,
      Messages messages,
      SessionCache sessions,
      DispatchSettings settings,
      Observer observer) {}

  /**
   * Creates a dispatcher.
   *
   * @param parts what it works with
   * @param orchestrations the turns of orchestrations
   * @param entities the turns of entities; may be the same
   * @param activityPermits the permits of activities
   */
  public Dispatcher(
      Parts parts, TurnQueue orchestrations, TurnQueue entities, ActivityPermits activityPermits) {
    this.drive = parts.drive;
    this.turns = parts.turns;
    this.activities = parts.activities;
    this.results = parts.results;
    this.quarantine = parts.quarantine;
    this.messages = parts.messages;
    this.sessions = parts.sessions;
    this.settings = parts.settings;
    this.observer = parts.observer;
    this.activityPermits = activityPermits;
    this.orchestrations = orchestrations;
    this.entities = entities;
    results.readyElsewhere(this::ready);
  }

  /**
   * Takes a mailbox whose turn has been begun.
   *
   * @param box the mailbox
   */
  public void ready(Mailbox box) {
    sessions.awaitTurn(box.instance());
    queueOf(box).add(box);
    startThreads();
  }

  private TurnQueue queueOf(Mailbox box) {
    return EntityEvents.isEntity(box.instance()) ? entities : orchestrations;
  }

  /** The next mailbox, with a permit for its turn; null when there is none. */
  private @Nullable Mailbox next() {
    Mailbox box = orchestrations.next();
    return box == null ? entities.next() : box;
  }

  /**
   * Stores a result that was made here; keeps at it while storage fails.
   *
   * @param result the result
   */
  public void respond(Arrival result) {
    results.respond(result);
  }

  /**
   * Tries once to store a result that was made here.
   *
   * @param result the result
   * @return whether there is nothing more to do for it
   */
  public boolean tryRespond(Arrival result) {
    return results.tryRespond(result);
  }

  /**
   * Watches over running activities until the watch is stopped.
   *
   * @param watch the watch
   */
  public void watch(ActivityWatch watch) {
    watch.run(run -> drive.work("timeout", () -> activities.timedOut(run)));
  }

  /**
   * Watches over running orchestrators until the watch is stopped.
   *
   * @param watch the watch
   */
  public void watch(EpisodeWatch watch) {
    watch.run((hung, why) -> drive.work("hung", () -> takeOver(hung, why)));
  }

  /**
   * Fetches activities until the loop is stopped.
   *
   * @param loop the loop
   */
  public void fetch(ActivityLoop loop) {
    loop.run(this::start, activities.unknownNames());
  }

  private void start(Held activity) {
    drive.work("activity", () -> follow(null, activity));
  }

  private void startThreads() {
    for (Mailbox box = next(); box != null; box = next()) {
      Mailbox first = box;
      drive.work("turn", () -> follow(first, null));
    }
  }

  /** Goes on until there is nothing more to do for this thread. */
  private void follow(@Nullable Mailbox first, @Nullable Held firstActivity) {
    Mailbox box = first;
    Held activity = firstActivity;
    for (int hop = 0; box != null || activity != null; hop++) {
      if (box != null) {
        activity = turn(box);
        box = null;
      }
      if (activity != null) {
        startThreads();
        Mailbox next = activity(activity);
        activity = null;
        if (next != null && hop < MAX_HOPS && queueOf(next).takePermit()) {
          box = next;
        } else if (next != null) {
          ready(next);
        }
      }
      if (box == null) {
        box = next();
      }
    }
    startThreads();
  }

  /** Runs a turn under the permit that this thread holds; gives one claimed activity to it. */
  private @Nullable Held turn(Mailbox box) {
    List<Held> claimed = List.of();
    try {
      claimed = runTurn(box);
    } finally {
      queueOf(box).ended();
    }
    for (int i = 1; i < claimed.size(); i++) {
      start(claimed.get(i));
    }
    return claimed.isEmpty() ? null : claimed.get(0);
  }

  private List<Held> runTurn(Mailbox box) {
    boolean entity = EntityEvents.isEntity(box.instance());
    List<Arrival> arrivals =
        box.term().take(box, entity ? settings.entities().batch() : MAX_ARRIVALS);
    TurnEnd end = new TurnEnd.Retry(arrivals);
    TurnMeter meter = new TurnMeter(box, drive.nanos());
    observer.on(meter.started(arrivals));
    boolean ran = false;
    try {
      end = turns.run(box, arrivals, meter);
      ran = true;
    } catch (Throwable t) {
      observer.on(new EngineEvent.Bug("running a turn of " + box.instance(), t));
    }
    if (end instanceof TurnEnd.TakenOver) {
      return List.of();
    }
    observer.on(meter.ended(ran ? end : null, drive.nanos()));
    return end(box, end);
  }

  /** Ends a turn whose orchestrator hangs in another thread; that one keeps its permit. */
  private void takeOver(RunningEpisode hung, String why) {
    TurnEnd end = new TurnEnd.Retry(hung.arrivals());
    boolean ran = false;
    try {
      end = turns.end(hung, why);
      ran = true;
    } catch (Throwable t) {
      observer.on(new EngineEvent.Bug("ending a turn of " + hung.box().instance(), t));
    }
    observer.on(hung.meter().ended(ran ? end : null, drive.nanos()));
    end(hung.box(), end);
    startThreads();
  }

  private List<Held> end(Mailbox box, TurnEnd end) {
    Term term = box.term();
    List<Arrival> back = List.of();
    List<Held> claimed = List.of();
    long notBefore = Long.MIN_VALUE;
    if (end instanceof TurnEnd.Done d) {
      claimed = d.claimed();
    } else if (end instanceof TurnEnd.Retry r) {
      back = r.arrivals().stream().filter(a -> !a.held().isLost()).toList();
      notBefore = drive.nanos() + settings.backoff(term.failures(box)).toNanos();
    } else if (end instanceof TurnEnd.Faulted f) {
      back = quarantine.faulted(box, f, turns);
      notBefore = drive.nanos() + settings.backoff(term.failures(box)).toNanos();
    } else if (end instanceof TurnEnd.GiveBack g) {
      giveBack(g.arrivals(), g.pause());
    } else if (end instanceof TurnEnd.Park p) {
      back = parked(box, p);
      notBefore = back.isEmpty() ? notBefore : drive.nanos() + p.pause().toNanos();
    }
    boolean failed = end instanceof TurnEnd.Retry || end instanceof TurnEnd.Faulted;
    Mailbox next = term.done(box, back, notBefore, failed, drive.nanos());
    if (next != null) {
      sessions.awaitTurn(next.instance());
      queueOf(next).add(next);
    }
    return claimed;
  }

  /** What stays in the mailbox; results made here, and what is too much, go back to storage. */
  private List<Arrival> parked(Mailbox box, TurnEnd.Park park) {
    List<Arrival> kept = new ArrayList<>();
    List<Arrival> rest = new ArrayList<>();
    boolean mayKeep = box.term().park(box, park.foreign());
    for (Arrival a : park.arrivals()) {
      if (!a.held().isLost()) {
        (mayKeep && !a.local() ? kept : rest).add(a);
      }
    }
    giveBack(rest, park.pause());
    return kept;
  }

  private void giveBack(List<Arrival> arrivals, Duration pause) {
    for (Arrival a : arrivals) {
      if (a.local()) {
        results.respond(a);
      }
    }
    var queued = arrivals.stream().filter(a -> !a.local()).map(a -> a.held().delivery()).toList();
    if (queued.isEmpty()) {
      return;
    }
    try {
      messages.release(queued, pause);
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("giving messages back", e));
    }
  }

  private @Nullable Mailbox activity(Held held) {
    try {
      return activities.run(held);
    } catch (Throwable t) {
      observer.on(
          new EngineEvent.Bug("running an activity of " + held.delivery().message().to(), t));
      return null;
    } finally {
      activityPermits.give(held.delivery().message());
    }
  }
}
