package io.durable4j.internal.dispatch;

import static io.durable4j.internal.dispatch.TurnFault.deciding;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.Replay;
import io.durable4j.internal.session.Session;
import io.durable4j.internal.session.SessionCache;
import io.durable4j.message.Message;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an instance: load it or take its session, judge the arrivals, replay, commit. The
 * order matters: a load begins after the arrivals were received, so that what it shows is newer
 * than they are, and a drop on its strength is safe. A session may be older than they are: what is
 * dropped on its strength goes with a commit, which storage checks.
 */
public final class TurnRunner {
  private final Drive drive;
  private final TaskHub hub;
  private final Registry registry;
  private final EpisodeInput.Rules rules;
  private final DispatchSettings settings;
  private final Terms terms;
  private final SessionCache sessions;
  private final EpisodeWatch episodes;
  private final Observer observer;
  private final OtherInstances others;
  private final Sorting sorting;
  private final TurnCommits commits;
  private final Parking parking;
  private final EpisodeRuns runsOfCode;
  private final EntityTurns entities;
  private final Generations generations;

  /** What turns work with. */
  public record Parts(
      Drive drive,
      TaskHub hub,
      Capabilities capabilities,
      Registry registry,
      EpisodeInput.Rules rules,
      DispatchSettings settings,
      Terms terms,
      SessionCache sessions,
      EpisodeWatch episodes,
      OperationWatch operations,
      Observer observer) {}

  /**
   * Creates a runner.
   *
   * @param parts what it works with
   * @param activityPermits reserved before a commit, for the activities that it claims
   * @param running the activities that run here
   * @param abandoned whether the worker has given up what still runs, and may interrupt it: no turn
   *     commits any more, since what user code does then is not what it would have done
   */
  public TurnRunner(
      Parts parts,
      ActivityPermits activityPermits,
      ActivityWatch running,
      BooleanSupplier abandoned) {
    this.drive = parts.drive;
    this.hub = parts.hub;
    this.registry = parts.registry;
    this.rules = parts.rules;
    this.settings = parts.settings;
    this.terms = parts.terms;
    this.sessions = parts.sessions;
    this.episodes = parts.episodes;
    this.observer = parts.observer;
    this.others = new OtherInstances(parts.terms::queueOf, parts.capabilities.maxDelay());
    this.sorting = new Sorting(parts, others);
    this.commits = new TurnCommits(parts, activityPermits, running, others, abandoned);
    this.parking = new Parking(parts, commits);
    this.runsOfCode = new EpisodeRuns(parts);
    this.entities = new EntityTurns(parts, commits, parking);
    this.generations = new Generations(drive, this::code, others, observer);
  }

  TurnEnd run(Mailbox box, List<Arrival> arrivals, TurnMeter meter) {
    try {
      Session session = sessions.take(box.instance(), box.term().fence());
      Turn turn = new Turn(box, session == null ? load(box) : session, arrivals, meter);
      return run(turn, arrivals);
    } catch (StorageException e) {
      observer.on(new EngineEvent.StorageFailed("running a turn of " + box.instance(), e));
      return new TurnEnd.Retry(arrivals);
    } catch (TurnFault e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      observer.on(new EngineEvent.Bug("running a turn of " + box.instance(), thrown));
      return new TurnEnd.Faulted(arrivals, thrown);
    }
  }

  private Session load(Mailbox box) {
    Fence fence = box.term().fence();
    long before = drive.nanos();
    Stored stored = hub.instances().load(box.instance(), fence);
    long took = drive.nanos() - before;
    observer.on(new EngineEvent.InstanceLoaded(box.instance(), stored.history().size(), took));
    return new Session(fence, stored);
  }

  /** Makes a reason visible for which an instance does not go on; in vain when it moved on. */
  void note(Mailbox box, String why) {
    commits.note(box, why);
  }

  /** Ends the turn of an episode that hangs, without it. */
  TurnEnd end(RunningEpisode hung, String why) {
    try {
      return hung.end(why);
    } catch (StorageException e) {
      observer.on(new EngineEvent.StorageFailed("ending a turn of " + hung.box().instance(), e));
      return new TurnEnd.Retry(hung.arrivals());
    }
  }

  /** The turn of some of its arrivals; the others have been given back. */
  private TurnEnd run(Turn begun, List<Arrival> arrivals) {
    Instant now = drive.now();
    boolean entity = EntityEvents.isEntity(begun.box().instance());
    Stored born = entity ? null : Birth.of(begun.known().stored(), arrivals, now);
    Turn turn = born == null ? begun : begun.on(new Session(begun.box().term().fence(), born));
    try {
      return run(turn, born != null, arrivals, now);
    } finally {
      begun.known().leave();
      turn.known().leave();
    }
  }

  private TurnEnd run(Turn turn, boolean born, List<Arrival> arrivals, Instant now) {
    Mailbox box = turn.box();
    Session session = turn.known();
    InstanceState state = session.stored().state();
    turn.meter().of(state);
    Sorting.Sorted sorted = sorting.sort(session, born, box.instance(), arrivals, now);
    if (sorted == null) {
      return run(turn.on(load(box)), arrivals);
    }
    List<Arrival> accepted = sorted.accepted();
    List<Arrival> dropped = sorted.dropped();
    if (EntityEvents.isEntity(box.instance())) {
      return accepted.isEmpty()
          ? nothingToDo(turn, dropped)
          : entities.run(turn, accepted, dropped);
    }
    if (state != null && !sorted.refused().isEmpty()) {
      return refuse(turn, sorted);
    }
    if (state == null || accepted.isEmpty()) {
      return nothingToDo(turn, dropped);
    }
    Ground ground =
        Ground.of(
            session,
            terms.queueOf(box.instance()),
            accepted,
            Arrivals.clock(now, session.inbox().clock(), accepted));
    List<Arrival> consumed = Arrivals.together(accepted, dropped);
    ExecutionTerminated terminated = Steering.terminated(accepted);
    if (terminated != null && state.status().isTerminal()) {
      return commits.commit(
          turn, ground, Steering.handedOn(ground, terminated, terms::queueOf), consumed);
    }
    if (terminated != null) {
      Payload reason =
          deciding(() -> Optional.ofNullable(rules.converter().toPayload(terminated.reason())))
              .orElse(null);
      ExecutionCompleted end = new ExecutionCompleted(OrchestrationStatus.TERMINATED, reason, null);
      TurnPlan plan = TurnPlan.ended(ground, end);
      return commits.commit(
          turn, ground, Steering.withChildren(plan, ground, terminated, terms::queueOf), consumed);
    }
    Message rewound = Steering.rewound(accepted);
    if (rewound != null && state.status() != OrchestrationStatus.FAILED) {
      return commits.commit(turn, ground, others.answeredAgain(ground), consumed);
    }
    return episode(turn, rewound == null ? ground : ground.rewound(rewound.id()), consumed);
  }

  /** A turn without anything for the instance. */
  private TurnEnd nothingToDo(Turn turn, List<Arrival> dropped) {
    List<Delivery> gone = TurnCommits.deliveries(dropped);
    if (!gone.isEmpty()) {
      hub.messages().delete(gone);
    }
    sessions.put(turn.known());
    return new TurnEnd.Done(List.of());
  }

  private TurnEnd episode(Turn turn, Ground ground, List<Arrival> consumed) {
    InstanceState state = ground.state();
    if (ground.isSuspended() || !ground.isStarted()) {
      TurnPlan locks = ground.rewind() == null ? null : locksAgain(ground);
      return commits.commit(turn, ground, locks == null ? TurnPlan.kept(ground) : locks, consumed);
    }
    String misfit = settings.versions().misfit(state.start().version());
    if (misfit != null) {
      return parking.misfit(turn, ground, misfit, consumed);
    }
    Replay.Code code = registry.orchestrator(state.name(), state.start().version());
    if (code == null) {
      return parking.unknown(turn, ground, consumed);
    }
    String stuck = episodes.stuck(state.id());
    if (stuck != null) {
      return parking.hung(turn, ground, stuck, consumed);
    }
    TurnPlan locks = locksAgain(ground);
    if (locks != null) {
      return commits.commit(turn, ground, locks, consumed);
    }
    long begun = drive.nanos();
    Generations.Runs runs =
        (generation, first, orchestrator) ->
            runsOfCode.run(
                turn,
                generation,
                first,
                orchestrator,
                why -> parking.hung(turn.withoutSession(), ground, why, consumed));
    EpisodeResult result = runs.run(ground, true, code);
    if (result == null) {
      return new TurnEnd.TakenOver();
    }
    for (String warning : result.warnings()) {
      observer.on(new EngineEvent.Warning(state.id(), warning));
    }
    if (result.end() instanceof EpisodeResult.Blocked blocked) {
      return parking.blocked(turn, ground, blocked, consumed);
    }
    if (ground.rewind() != null && result.end() instanceof EpisodeResult.ContinuedAsNew) {
      // its history is written anew first; the next turn goes on to the next generation
      return commits.commit(turn, ground, TurnPlan.reopened(ground), consumed);
    }
    TurnPlan plan = generations.plan(ground, result, begun, runs);
    if (plan == null) {
      return new TurnEnd.TakenOver();
    }
    return commits.commit(
        turn, ground, ground.rewind() == null ? LocksAgain.withWork(plan, ground) : plan, consumed);
  }

  /** The turn of an instance that has to get locks again first; null where it need not. */
  private @Nullable TurnPlan locksAgain(Ground ground) {
    if (ground.rewind() != null && Steering.rewound(ground.accepted()) != null) {
      return LocksAgain.plan(ground, drive::randomId, terms::queueOf);
    }
    return LocksAgain.isAwaited(ground) ? TurnPlan.kept(ground, OrchestrationStatus.RUNNING) : null;
  }

  /** The code of a next generation; null when the next turn has to look at it. */
  private Replay.@Nullable Code code(InstanceState state) {
    String version = state.start().version();
    return settings.versions().misfit(version) == null
        ? registry.orchestrator(state.name(), version)
        : null;
  }

  /**
   * Tells parents that their child cannot be, in a commit of its own; the instance that is there
   * stays as it is, and what else arrived comes again. So does what is to be dropped: it may be a
   * repeat of what is accepted, and not recorded before that is.
   */
  private TurnEnd refuse(Turn turn, Sorting.Sorted sorted) {
    Ground ground =
        Ground.of(turn.known(), terms.queueOf(turn.box().instance()), List.of(), drive.now());
    TurnPlan plan = others.refusal(ground, sorted.refused());
    TurnEnd end = commits.commit(turn, ground, plan, sorted.refused());
    List<Arrival> again = new ArrayList<>(sorted.accepted());
    again.addAll(sorted.dropped());
    return Arrivals.withMore(end, again);
  }
}
