package io.durable4j.internal.dispatch;

import static io.durable4j.internal.dispatch.TurnFault.deciding;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityBatch;
import io.durable4j.internal.entity.EntityBatch.Earlier;
import io.durable4j.internal.entity.EntityCode;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.session.EntityMemo;
import io.durable4j.internal.session.Session;
import io.durable4j.internal.session.SessionCache;
import io.durable4j.message.Address;
import io.durable4j.orchestration.EntityId;
import io.durable4j.spi.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns of entities: what arrived is one batch, and one commit. The entity comes to be with its
 * first.
 */
final class EntityTurns {
  /** How many requests wait in a locked entity's state; more stay in the queue of storage. */
  static final int MOST_QUEUED = 1_000;

  private static final Duration LOCKED_PAUSE = Duration.ofSeconds(1);

  private final Drive drive;
  private final Messages messages;
  private final Registry registry;
  private final EpisodeInput.Rules rules;
  private final DispatchSettings settings;
  private final OperationWatch operations;
  private final Observer observer;
  private final TurnCommits commits;
  private final Parking parking;
  private final EntityPlans plans;
  private final boolean atomic;
  private final Terms terms;
  private final SessionCache sessions;

  EntityTurns(TurnRunner.Parts parts, TurnCommits commits, Parking parking) {
    this.drive = parts.drive();
    this.messages = parts.hub().messages();
    this.registry = parts.registry();
    this.rules = parts.rules();
    this.settings = parts.settings();
    this.operations = parts.operations();
    this.observer = parts.observer();
    this.terms = parts.terms();
    this.sessions = parts.sessions();
    this.commits = commits;
    this.parking = parking;
    this.atomic = parts.capabilities().atomic();
    this.plans = new EntityPlans(parts.terms()::queueOf, parts.capabilities());
  }

  /**
   * Runs the batch of a turn.
   *
   * @param turn the turn
   * @param accepted what the entity takes; at least one
   * @param dropped what nobody needs
   * @return what becomes of it
   */
  TurnEnd run(Turn turn, List<Arrival> accepted, List<Arrival> dropped) {
    InstanceId id = turn.box().instance();
    String name = EntityId.parse(id.value()).name();
    turn.meter().named("@" + name);
    EntityCode code = registry.entity(name);
    return code == null
        ? unknown(turn, name, accepted, dropped)
        : batch(turn, code, accepted, dropped);
  }

  /** What is young waits for a worker that knows its kind; what is old fails. */
  private TurnEnd unknown(Turn turn, String name, List<Arrival> accepted, List<Arrival> dropped) {
    observer.on(new EngineEvent.UnknownEntity(turn.box().instance(), name));
    List<Arrival> old = new ArrayList<>();
    List<Arrival> young = new ArrayList<>();
    Duration oldest = Duration.ZERO;
    for (Arrival a : accepted) {
      Duration age = Duration.between(a.message().event().timestamp(), drive.now());
      oldest = age.compareTo(oldest) > 0 ? age : oldest;
      (age.compareTo(settings.unknownGrace()) > 0 ? old : young).add(a);
    }
    if (!old.isEmpty()) {
      return young.isEmpty()
          ? batch(turn, null, old, dropped)
          : Arrivals.withMore(batch(turn, null, old, dropped), young);
    }
    young.addAll(dropped);
    return new TurnEnd.Park(young, pauseOf(oldest), true);
  }

  /** Grows with what waits. */
  private Duration pauseOf(Duration oldest) {
    Duration pause = oldest.compareTo(settings.backoff(2)) > 0 ? oldest : settings.backoff(2);
    return pause.compareTo(settings.backoffMax()) < 0 ? pause : settings.backoffMax();
  }

  private TurnEnd batch(
      Turn turn, @Nullable EntityCode code, List<Arrival> came, List<Arrival> dropped) {
    Session session = turn.known();
    InstanceId id = turn.box().instance();
    InstanceState before = session.stored().state();
    Instant clock = clock(before);
    EntityMemo memo = deciding(session::entity);
    List<Arrival> accepted = withRoom(memo.scheduler(), came);
    if (accepted.isEmpty() && dropped.isEmpty()) {
      sessions.put(session);
      return new TurnEnd.Done(List.of());
    }
    Ground ground =
        new Ground(session.stored(), session.inbox(), terms.queueOf(id), accepted, clock);
    EntityBatch.Input input =
        new EntityBatch.Input(
            id,
            memo.scheduler(),
            memo.kept(),
            events(accepted),
            atomic ? Earlier.NONE : earlier(before, accepted),
            clock,
            limits(id),
            code);
    EntityBatch.Effects effects;
    try {
      effects = deciding(() -> EntityBatch.run(input));
    } catch (LinkageError | OutOfMemoryError e) {
      return notRunnable(turn, ground, e);
    }
    told(id, effects);
    TurnPlan plan =
        plans.plan(
            before == null ? plans.born(id, drive.randomId(), clock) : before, ground, effects);
    session.willBe(new EntityMemo(effects.after(), effects.kept()));
    List<Arrival> consumed = new ArrayList<>(accepted);
    consumed.addAll(dropped);
    return commits.commit(turn, ground, plan, consumed);
  }

  /** The deployment's fault, or the machine's: what was asked waits until the code can be run. */
  private TurnEnd notRunnable(Turn turn, Ground ground, Error error) {
    InstanceId id = turn.box().instance();
    String why =
        "Entity "
            + id
            + ": its code could not be run: "
            + error
            + ". Is a class missing from this deployment?";
    if (ground.stored().state() != null) {
      // without the session, whose state the code may have changed in place
      return parking.notRunnable(turn.withoutSession(), ground, why);
    }
    boolean news = turn.box().term().isNews(turn.box(), why);
    observer.on(news ? new EngineEvent.Parked(id, why) : new EngineEvent.StillParked(id, why));
    Duration oldest = Duration.ZERO;
    for (Arrival a : turn.arrivals()) {
      Duration age = Duration.between(a.message().event().timestamp(), drive.now());
      oldest = age.compareTo(oldest) > 0 ? age : oldest;
    }
    return new TurnEnd.Park(turn.arrivals(), pauseOf(oldest), true);
  }

  /** What a locked entity can take: its state must not grow without end while others hold it. */
  private List<Arrival> withRoom(Scheduler entity, List<Arrival> came) {
    InstanceId holder = entity.lockedBy();
    int room = room(entity);
    if (holder == null || came.size() <= room) {
      return came;
    }
    List<Arrival> taken = new ArrayList<>();
    List<Arrival> rest = new ArrayList<>();
    boolean ends = false;
    for (Arrival a : came) {
      Address from = a.message().from();
      boolean waits =
          a.message().event().body() instanceof EventRaised e && e.name().startsWith("op");
      boolean mayRun = !waits || (from != null && from.instance().equals(holder));
      ends |= !waits;
      (mayRun || taken.size() < room ? taken : rest).add(a);
    }
    Duration pause = ends ? Duration.ZERO : LOCKED_PAUSE;
    rest.forEach(a -> a.held().markLost());
    messages.release(rest.stream().map(a -> a.held().delivery()).toList(), pause);
    return taken;
  }

  private int room(Scheduler entity) {
    long bytes = 0;
    for (Request r : entity.queue()) {
      bytes += r.input() == null ? 0 : r.input().text().length();
    }
    return bytes > rules.maxPayload() / 16 ? 0 : MOST_QUEUED - entity.queue().size();
  }

  private Instant clock(@Nullable InstanceState before) {
    Instant now = drive.now();
    Instant last = before == null ? now : before.progress().updatedAt();
    return now.isAfter(last) ? now : last;
  }

  private static List<EventRaised> events(List<Arrival> accepted) {
    List<EventRaised> events = new ArrayList<>(accepted.size());
    for (Arrival a : accepted) {
      if (a.message().event().body() instanceof EventRaised event) {
        events.add(event);
      }
    }
    return events;
  }

  /** Which of them were taken before, under another time; see the rules of the inbox. */
  private static Earlier earlier(@Nullable InstanceState before, List<Arrival> accepted) {
    List<MessageId> former = before == null ? List.of() : before.consumed();
    Set<MessageId> known = new HashSet<>(former);
    Set<Integer> repeats = new HashSet<>();
    int i = 0;
    for (Arrival a : accepted) {
      if (a.message().event().body() instanceof EventRaised) {
        if (!known.add(a.message().id())) {
          repeats.add(i);
        }
        i++;
      }
    }
    // an orchestrator's request has the id of its message
    return new Earlier(
        repeats,
        former.stream().map(id -> id.value().toString()).collect(Collectors.toSet()),
        true);
  }

  private EntityBatch.Rules limits(InstanceId id) {
    DispatchSettings.Entities limits = settings.entities();
    long until = drive.nanos() + limits.batchTime().toNanos();
    OperationWatch.OfTurn watch = operations.watch(id);
    return new EntityBatch.Rules(
        limits.batch(),
        () -> drive.nanos() >= until,
        limits.window(),
        rules.maxPayload(),
        rules.converter(),
        watch,
        rules.childVersion());
  }

  private void told(InstanceId id, EntityBatch.Effects effects) {
    for (String warning : effects.warnings()) {
      observer.on(new EngineEvent.Warning(id, warning));
    }
    for (EntityBatch.Failed f : effects.failures()) {
      if (f.signal()) {
        observer.on(new EngineEvent.SignalFailed(id, f.operation(), f.why()));
      }
    }
    observer.on(new EngineEvent.EntityBatchEnded(id, effects.operations(), effects.failed()));
  }
}
