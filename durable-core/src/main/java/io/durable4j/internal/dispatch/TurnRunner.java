package io.durable4j.internal.dispatch;

import static io.durable4j.internal.dispatch.TurnFault.deciding;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.inbox.InboxRules;
import io.durable4j.internal.inbox.Verdict;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.Replay;
import io.durable4j.message.Message;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an instance: load, judge the arrivals, replay, commit. The order matters: the load
 * begins after the arrivals were received, so that what it shows is newer than they are, and a drop
 * on its strength is safe.
 */
public final class TurnRunner {
  private final Drive drive;
  private final TaskHub hub;
  private final Capabilities capabilities;
  private final Registry registry;
  private final EpisodeInput.Rules rules;
  private final DispatchSettings settings;
  private final ActivityPermits activityPermits;
  private final Terms terms;
  private final EpisodeWatch episodes;
  private final Observer observer;
  private final OtherInstances others;
  private final ActivityWatch running;

  /** What turns work with. */
  public record Parts(
      Drive drive,
      TaskHub hub,
      Capabilities capabilities,
      Registry registry,
      EpisodeInput.Rules rules,
      DispatchSettings settings,
      Terms terms,
      EpisodeWatch episodes,
      Observer observer) {}

  /**
   * Creates a runner.
   *
   * @param parts what it works with
   * @param activityPermits reserved before a commit, for the activities that it claims
   * @param running the activities that run here
   */
  public TurnRunner(Parts parts, ActivityPermits activityPermits, ActivityWatch running) {
    this.drive = parts.drive;
    this.hub = parts.hub;
    this.capabilities = parts.capabilities;
    this.registry = parts.registry;
    this.rules = parts.rules;
    this.settings = parts.settings;
    this.terms = parts.terms;
    this.episodes = parts.episodes;
    this.observer = parts.observer;
    this.others = new OtherInstances(parts.terms::queueOf);
    this.activityPermits = activityPermits;
    this.running = running;
  }

  TurnEnd run(Mailbox box, List<Arrival> arrivals, TurnMeter meter) {
    try {
      Stored stored = hub.instances().load(box.instance(), box.term().fence());
      meter.loaded(stored);
      return run(box, stored, arrivals, meter);
    } catch (StorageException e) {
      observer.on(new EngineEvent.StorageFailed("running a turn of " + box.instance(), e));
      return new TurnEnd.Retry(arrivals);
    } catch (TurnFault e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      observer.on(new EngineEvent.Bug("running a turn of " + box.instance(), thrown));
      return new TurnEnd.Faulted(arrivals, thrown);
    }
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

  /** Makes a reason visible for which an instance does not go on; in vain when it moved on. */
  void note(Mailbox box, String why) {
    Stored stored = hub.instances().load(box.instance(), box.term().fence());
    InstanceState state = stored.state();
    if (state != null && !state.status().isTerminal()) {
      TurnPlan.Ground ground =
          new TurnPlan.Ground(stored, terms.queueOf(box.instance()), List.of(), drive.now());
      TurnPlan plan = TurnPlan.parked(state, why, drive.now());
      CommitOutcome noted =
          hub.instances().commit(commitOf(box, ground, plan, List.of(), new Claims(null)));
      if (noted instanceof CommitOutcome.Committed) {
        observer.on(new EngineEvent.Parked(state.id(), why));
      }
    }
  }

  private TurnEnd run(Mailbox box, Stored stored, List<Arrival> arrivals, TurnMeter meter) {
    stored = Birth.of(stored, arrivals, drive.now());
    InstanceState state = stored.state();
    List<Arrival> accepted = new ArrayList<>();
    List<Arrival> dropped = new ArrayList<>();
    List<Arrival> refused = sort(box.instance(), stored, arrivals, accepted, dropped);
    if (state != null && !refused.isEmpty()) {
      return refuse(box, stored, refused, accepted, dropped);
    }
    if (state == null || accepted.isEmpty()) {
      List<Delivery> gone = deliveries(dropped);
      if (!gone.isEmpty()) {
        hub.messages().delete(gone);
      }
      return new TurnEnd.Done(List.of());
    }
    TurnPlan.Ground ground =
        new TurnPlan.Ground(
            stored,
            terms.queueOf(box.instance()),
            accepted,
            Arrivals.clock(drive.now(), stored, accepted));
    List<Arrival> consumed = new ArrayList<>(accepted);
    consumed.addAll(dropped);
    ExecutionTerminated terminated = Steering.terminated(accepted);
    if (terminated != null && state.status().isTerminal()) {
      return commit(box, ground, Steering.handedOn(ground, terminated, terms::queueOf), consumed);
    }
    if (terminated != null) {
      Payload reason =
          deciding(() -> Optional.ofNullable(rules.converter().toPayload(terminated.reason())))
              .orElse(null);
      ExecutionCompleted end = new ExecutionCompleted(OrchestrationStatus.TERMINATED, reason, null);
      TurnPlan plan = TurnPlan.ended(ground, end);
      return commit(
          box, ground, Steering.withChildren(plan, ground, terminated, terms::queueOf), consumed);
    }
    Message rewound = Steering.rewound(accepted);
    if (rewound != null && state.status() != OrchestrationStatus.FAILED) {
      return commit(box, ground, others.answeredAgain(ground), consumed);
    }
    return episode(
        box, rewound == null ? ground : ground.rewound(rewound.id()), arrivals, consumed, meter);
  }

  private TurnEnd episode(
      Mailbox box,
      TurnPlan.Ground ground,
      List<Arrival> arrivals,
      List<Arrival> consumed,
      TurnMeter meter) {
    InstanceState state = ground.state();
    if (ground.isSuspended() || !ground.isStarted()) {
      return commit(box, ground, TurnPlan.kept(ground), consumed);
    }
    String misfit = settings.versions().misfit(state.start().version());
    if (misfit != null) {
      return misfit(box, ground, misfit, consumed, arrivals);
    }
    Replay.Code code = registry.orchestrator(state.name(), state.start().version());
    if (code == null) {
      return unknown(box, ground, consumed, arrivals);
    }
    String stuck = episodes.stuck(state.id());
    if (stuck != null) {
      return hung(box, ground, stuck, consumed, arrivals);
    }
    long begun = drive.nanos();
    Generations.Runs runs =
        (generation, orchestrator) -> {
          RunningEpisode episode =
              new RunningEpisode(
                  box,
                  arrivals,
                  state,
                  meter,
                  drive,
                  why -> hung(box, ground, why, consumed, arrivals));
          EpisodeInput input = generation.episode(rules);
          return episodes.run(
              episode, () -> deciding(() -> Replay.run(input, orchestrator, episode)));
        };
    EpisodeResult result = runs.run(ground, code);
    if (result == null) {
      return new TurnEnd.TakenOver();
    }
    for (String warning : result.warnings()) {
      observer.on(new EngineEvent.Warning(state.id(), warning));
    }
    if (result.end() instanceof EpisodeResult.Blocked blocked) {
      return blocked(box, ground, blocked, consumed, arrivals);
    }
    if (ground.rewind() != null && result.end() instanceof EpisodeResult.ContinuedAsNew) {
      // its history is written anew first; the next turn goes on to the next generation
      return commit(box, ground, TurnPlan.reopened(ground), consumed);
    }
    TurnPlan plan =
        new Generations(drive, this::code, runs, others, observer).plan(ground, result, begun);
    return plan == null ? new TurnEnd.TakenOver() : commit(box, ground, plan, consumed);
  }

  /** The code of a next generation; null when the next turn has to look at it. */
  private Replay.@Nullable Code code(InstanceState state) {
    String version = state.start().version();
    return settings.versions().misfit(version) == null
        ? registry.orchestrator(state.name(), version)
        : null;
  }

  /**
   * Sorts arrivals into accepted and dropped; deferred ones are given back at once. A result that
   * was made here and comes before the commit that asked for it (another's, on a store that is not
   * atomic) is stored, to come again.
   *
   * @return starts of children that another instance is in the way of
   */
  private List<Arrival> sort(
      InstanceId instance,
      Stored stored,
      List<Arrival> arrivals,
      List<Arrival> accepted,
      List<Arrival> dropped) {
    InboxRules inbox = new InboxRules(stored, capabilities.atomic(), drive.now());
    List<Arrival> refused = new ArrayList<>();
    List<Arrival> ordered = new ArrayList<>(arrivals);
    ordered.sort((a, b) -> Boolean.compare(Arrivals.isStart(b), Arrivals.isStart(a)));
    for (Arrival a : ordered) {
      Verdict verdict = deciding(() -> inbox.judge(a.message()));
      if (verdict instanceof Verdict.Accept) {
        accepted.add(a);
      } else if (verdict instanceof Verdict.Defer d) {
        observer.on(
            new EngineEvent.Deferred(instance, a.message().event().body().kind(), d.delay()));
        defer(a, d.delay());
      } else if (verdict instanceof Verdict.Drop d) {
        observer.on(new EngineEvent.Dropped(instance, a.message().event().body().kind(), d.why()));
        dropped.add(a);
      } else if (verdict instanceof Verdict.Refuse r) {
        observer.on(new EngineEvent.Dropped(instance, a.message().event().body().kind(), r.why()));
        refused.add(a);
      }
    }
    return refused;
  }

  /**
   * Tells parents that their child cannot be, in a commit of its own; the instance that is there
   * stays as it is, and what else arrived comes again.
   */
  private TurnEnd refuse(
      Mailbox box,
      Stored stored,
      List<Arrival> refused,
      List<Arrival> accepted,
      List<Arrival> dropped) {
    TurnPlan.Ground ground =
        new TurnPlan.Ground(stored, terms.queueOf(box.instance()), List.of(), drive.now());
    List<Arrival> consumed = new ArrayList<>(refused);
    consumed.addAll(dropped);
    TurnEnd end = commit(box, ground, others.refusal(ground, refused), consumed);
    return Arrivals.withMore(end, accepted);
  }

  private void defer(Arrival a, Duration delay) {
    Delivery held = a.held().delivery();
    if (a.local()) {
      QueueId queue = terms.queueOf(a.message().to().instance());
      hub.messages()
          .respond(held, new Outbound(a.message(), queue, drive.now().plus(delay), false));
      a.held().markLost();
    } else {
      // first, since a renewal while it is given back might take hold of its next delivery
      a.held().markLost();
      hub.messages().release(List.of(held), delay);
    }
  }

  private TurnEnd unknown(
      Mailbox box, TurnPlan.Ground ground, List<Arrival> consumed, List<Arrival> arrivals) {
    InstanceState state = ground.state();
    String why = registry.missing(state.name(), state.start().version());
    observer.on(new EngineEvent.UnknownOrchestrator(state.id(), state.name()));
    InstanceState.Parked parked = state.progress().parked();
    if (parked != null
        && parked.reason().equals(why)
        && !parked.since().plus(settings.unknownGrace()).isAfter(drive.now())) {
      FailureDetails failure =
          FailureDetails.of(
              "UnknownOrchestrator",
              why
                  + ", and no worker that knows it took the instance within "
                  + settings.unknownGrace(),
              true);
      return commit(box, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(box, ground, why, arrivals, true);
  }

  /** Not for this worker: it fails, or waits for one that it is for. */
  private TurnEnd misfit(
      Mailbox box,
      TurnPlan.Ground ground,
      String why,
      List<Arrival> consumed,
      List<Arrival> arrivals) {
    if (settings.versions().fail()) {
      FailureDetails failure = FailureDetails.of("VersionMismatch", why, true);
      return commit(box, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(box, ground, why, arrivals, true);
  }

  private TurnEnd blocked(
      Mailbox box,
      TurnPlan.Ground ground,
      EpisodeResult.Blocked blocked,
      List<Arrival> consumed,
      List<Arrival> arrivals) {
    if (blocked.nonDeterministic() && settings.failOnMismatch()) {
      FailureDetails failure = FailureDetails.of("NonDeterminism", blocked.why(), true);
      return commit(box, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(box, ground, blocked.why(), arrivals, false);
  }

  private TurnEnd hung(
      Mailbox box,
      TurnPlan.Ground ground,
      String why,
      List<Arrival> consumed,
      List<Arrival> arrivals) {
    if (settings.failHung()) {
      FailureDetails failure = FailureDetails.of("OrchestratorHung", why, true);
      return commit(box, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(box, ground, why, arrivals, false);
  }

  /** Notes the reason once; the arrivals stay in the queue and bring the next attempt. */
  private TurnEnd park(
      Mailbox box, TurnPlan.Ground ground, String why, List<Arrival> arrivals, boolean foreign) {
    InstanceState state = ground.state();
    Instant now = drive.now();
    InstanceState.Parked before = state.progress().parked();
    Duration pause = settings.backoff(2);
    if (before == null || !before.reason().equals(why)) {
      observer.on(new EngineEvent.Parked(state.id(), why));
      TurnEnd end = commit(box, ground, TurnPlan.parked(state, why, now), List.of());
      if (end instanceof TurnEnd.Retry) {
        return new TurnEnd.Retry(arrivals);
      } else if (end instanceof TurnEnd.GiveBack) {
        return new TurnEnd.GiveBack(arrivals, Duration.ZERO);
      }
    } else {
      observer.on(new EngineEvent.StillParked(state.id(), why));
      Duration parkedFor = Duration.between(before.since(), now);
      pause = parkedFor.compareTo(pause) > 0 ? parkedFor : pause;
      pause = pause.compareTo(settings.backoffMax()) < 0 ? pause : settings.backoffMax();
    }
    return new TurnEnd.Park(arrivals, pause, foreign);
  }

  private TurnEnd commit(
      Mailbox box, TurnPlan.Ground ground, TurnPlan planned, List<Arrival> consumed) {
    TurnPlan plan = completed(ground, planned);
    Claims reserved = activityPermits.claim(plan.outbound());
    TurnCommit commit = commitOf(box, ground, plan, consumed, reserved);
    long before = drive.nanos();
    try {
      CommitOutcome outcome = hub.instances().commit(commit);
      observer.on(TurnMeter.commit(box, drive.nanos() - before, outcome));
      if (outcome instanceof CommitOutcome.Committed c) {
        long deadline = before + settings.lease().toNanos();
        reserved.kept(c.claimed());
        cancelActivities(plan);
        if (!c.mayReturn().isEmpty()) {
          deleteConsumed(box, commit);
        }
        return new TurnEnd.Done(c.claimed().stream().map(d -> new Held(d, deadline)).toList());
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

  private TurnPlan completed(TurnPlan.Ground ground, TurnPlan plan) {
    boolean generations = plan.history() instanceof HistoryChange.Restart;
    return generations
        ? plan
        : Steering.rewritten(others.complete(ground, plan), ground, others, terms::queueOf);
  }

  /** What storage will never take fails the instance; that it is refused too must not loop. */
  private TurnEnd refused(
      Mailbox box, TurnPlan.Ground ground, FailureDetails why, List<Arrival> consumed) {
    TurnPlan failed = completed(ground, TurnPlan.ended(ground, TurnPlan.failed(why)));
    TurnCommit commit = commitOf(box, ground, failed, consumed, new Claims(null));
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
      Mailbox box, TurnPlan.Ground ground, TurnPlan plan, List<Arrival> consumed, Claims claims) {
    List<Outbound> outbound = new ArrayList<>(plan.outbound().size());
    for (Outbound o : plan.outbound()) {
      outbound.add(new Outbound(o.message(), o.to(), o.visibleAt(), claims.has(o)));
    }
    return new TurnCommit(
        new CommitId(drive.randomId()),
        box.term().fence(),
        ground.stored().version(),
        plan.history(),
        plan.next(),
        outbound,
        settings.lease(),
        deliveries(consumed),
        plan.retract());
  }

  private static List<Delivery> deliveries(List<Arrival> arrivals) {
    Map<MessageId, Delivery> once = new java.util.LinkedHashMap<>();
    for (Arrival a : arrivals) {
      once.put(a.held().delivery().message().id(), a.held().delivery());
    }
    return List.copyOf(once.values());
  }
}
