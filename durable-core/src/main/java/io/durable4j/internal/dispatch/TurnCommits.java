package io.durable4j.internal.dispatch;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.inbox.InboxIndex;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.session.Session;
import io.durable4j.internal.session.SessionCache;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Takes the effects of turns to storage, and finds out what became of them where storage does not
 * say. Activities that a commit claimed are this worker's when it is {@code Committed}, and only
 * then.
 */
final class TurnCommits {
  private final Drive drive;
  private final TaskHub hub;
  private final Capabilities capabilities;
  private final DispatchSettings settings;
  private final Terms terms;
  private final SessionCache sessions;
  private final Observer observer;
  private final ActivityPermits activityPermits;
  private final ActivityWatch running;
  private final OtherInstances others;
  private final BooleanSupplier abandoned;

  TurnCommits(
      TurnRunner.Parts parts,
      ActivityPermits activityPermits,
      ActivityWatch running,
      OtherInstances others,
      BooleanSupplier abandoned) {
    this.drive = parts.drive();
    this.hub = parts.hub();
    this.capabilities = parts.capabilities();
    this.settings = parts.settings();
    this.terms = parts.terms();
    this.sessions = parts.sessions();
    this.observer = parts.observer();
    this.activityPermits = activityPermits;
    this.running = running;
    this.others = others;
    this.abandoned = abandoned;
  }

  /** Makes a reason visible for which an instance does not go on; in vain when it moved on. */
  void note(Mailbox box, String why) {
    Stored stored = hub.instances().load(box.instance(), box.term().fence());
    InstanceState state = stored.state();
    if (state != null && !state.status().isTerminal()) {
      QueueId queue = terms.queueOf(box.instance());
      Ground ground = new Ground(stored, new InboxIndex(stored), queue, List.of(), drive.now());
      TurnPlan plan = TurnPlan.parked(state, why, drive.now());
      CommitOutcome noted =
          hub.instances()
              .commit(commitOf(box, ground, plan, List.of(), Claims.none(plan.outbound())));
      if (noted instanceof CommitOutcome.Committed) {
        observer.on(new EngineEvent.Parked(state.id(), why));
      }
    }
  }

  /**
   * Takes a turn's effect to storage.
   *
   * @return what becomes of what it held
   */
  TurnEnd commit(Turn turn, Ground ground, TurnPlan planned, List<Arrival> consumed) {
    Mailbox box = turn.box();
    Session session = turn.session();
    if (abandoned.getAsBoolean()) {
      return new TurnEnd.Retry(consumed);
    }
    TurnPlan plan = completed(ground, planned);
    Claims reserved = activityPermits.claim(plan.outbound());
    TurnCommit commit = commitOf(box, ground, plan, consumed, reserved);
    long before = drive.nanos();
    if (session != null) {
      session.commits();
    }
    try {
      CommitOutcome outcome = hub.instances().commit(commit);
      observer.on(TurnMeter.commit(box, drive.nanos() - before, outcome));
      if (outcome instanceof CommitOutcome.Committed c) {
        long deadline = before + settings.lease().toNanos();
        reserved.kept(c.claimed());
        if (session != null) {
          session.goOn(commit, c);
          sessions.put(session);
        }
        cancelActivities(plan);
        if (!c.mayReturn().isEmpty()) {
          deleteConsumed(box, commit);
        }
        return new TurnEnd.Done(held(c.claimed(), deadline));
      }
      if (outcome instanceof CommitOutcome.Refused refused) {
        return refused(box, ground, refused.why(), consumed);
      }
      observer.on(new EngineEvent.TurnStale(box.instance()));
      return new TurnEnd.GiveBack(consumed, Duration.ZERO);
    } catch (StorageException e) {
      observer.on(new EngineEvent.StorageFailed("committing a turn of " + box.instance(), e));
      observer.on(TurnMeter.commit(box, drive.nanos() - before, null));
      if (!isThere(box, commit.id())) {
        return new TurnEnd.Retry(consumed);
      }
      cancelActivities(plan);
      if (!capabilities.atomic()) {
        deleteConsumed(box, commit);
      }
      return new TurnEnd.Done(List.of());
    } finally {
      reserved.giveRest();
    }
  }

  private static List<Held> held(List<Delivery> claimed, long deadline) {
    if (claimed.size() == 1) {
      return List.of(new Held(claimed.get(0), deadline));
    }
    List<Held> held = new ArrayList<>(claimed.size());
    for (Delivery d : claimed) {
      held.add(new Held(d, deadline));
    }
    return held;
  }

  /** Activities of a terminated instance that run here; those that wait the store has dropped. */
  private void cancelActivities(TurnPlan plan) {
    if (plan.next().status() == OrchestrationStatus.TERMINATED) {
      running.cancel(plan.retract());
    }
  }

  /**
   * Whether a commit whose answer was lost took effect. What it claimed comes again when its lease
   * ends; what it consumed is gone, or may return where commits are not atomic.
   */
  private boolean isThere(Mailbox box, CommitId id) {
    Stored stored = hub.instances().load(box.instance(), box.term().fence());
    return id.equals(stored.lastCommit());
  }

  /** Deletes what a commit that is there consumed; what stays comes again and is dropped. */
  private void deleteConsumed(Mailbox box, TurnCommit commit) {
    try {
      if (!commit.consumed().isEmpty()) {
        hub.messages().delete(commit.consumed());
      }
    } catch (StorageException e) {
      observer.on(
          new EngineEvent.StorageFailed("deleting consumed messages of " + box.instance(), e));
    }
  }

  private TurnPlan completed(Ground ground, TurnPlan plan) {
    boolean generations = plan.history() instanceof HistoryChange.Restart;
    return generations
        ? plan
        : Steering.rewritten(others.complete(ground, plan), ground, others, terms::queueOf);
  }

  /** What storage will never take fails the instance; that it is refused too must not loop. */
  private TurnEnd refused(Mailbox box, Ground ground, FailureDetails why, List<Arrival> consumed) {
    if (EntityEvents.isEntity(box.instance())) {
      // an entity never fails as a whole: what it was asked is tried one by one, and set aside
      String doing = "Storage refuses a turn of " + box.instance();
      return new TurnEnd.Faulted(consumed, new StorageException(doing + ": " + why, null));
    }
    TurnPlan failed = completed(ground, TurnPlan.ended(ground, TurnPlan.failed(why)));
    TurnCommit commit = commitOf(box, ground, failed, consumed, Claims.none(failed.outbound()));
    CommitOutcome outcome = hub.instances().commit(commit);
    if (outcome instanceof CommitOutcome.Committed c) {
      if (!c.mayReturn().isEmpty()) {
        deleteConsumed(box, commit);
      }
      return new TurnEnd.Done(List.of());
    }
    if (outcome instanceof CommitOutcome.Refused again) {
      String doing = "Storage refuses even the failure of " + box.instance();
      return new TurnEnd.Faulted(consumed, new StorageException(doing + ": " + again.why(), null));
    }
    return new TurnEnd.GiveBack(consumed, Duration.ZERO);
  }

  private TurnCommit commitOf(
      Mailbox box, Ground ground, TurnPlan plan, List<Arrival> consumed, Claims claims) {
    return new TurnCommit(
        new CommitId(drive.randomId()),
        box.term().fence(),
        ground.stored().version(),
        plan.history(),
        plan.next(),
        claims.outbound(),
        settings.lease(),
        deliveries(consumed),
        plan.retract());
  }

  static List<Delivery> deliveries(List<Arrival> arrivals) {
    if (arrivals.size() == 1) {
      return List.of(arrivals.get(0).held().delivery());
    }
    Map<MessageId, Delivery> once = new java.util.LinkedHashMap<>();
    for (Arrival a : arrivals) {
      once.put(a.held().delivery().message().id(), a.held().delivery());
    }
    return List.copyOf(once.values());
  }
}
