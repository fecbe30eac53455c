package io.durable4j.host;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.DurableClient;
import io.durable4j.data.DataConverter;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.client.ClientParts;
import io.durable4j.internal.client.ClientRules;
import io.durable4j.internal.client.HubClient;
import io.durable4j.internal.client.ResultWaits;
import io.durable4j.internal.dispatch.ActivityLoop;
import io.durable4j.internal.dispatch.ActivityPermits;
import io.durable4j.internal.dispatch.ActivityRunner;
import io.durable4j.internal.dispatch.ActivityWatch;
import io.durable4j.internal.dispatch.DispatchSettings;
import io.durable4j.internal.dispatch.Dispatcher;
import io.durable4j.internal.dispatch.EpisodeWatch;
import io.durable4j.internal.dispatch.OperationWatch;
import io.durable4j.internal.dispatch.Quarantine;
import io.durable4j.internal.dispatch.Registry;
import io.durable4j.internal.dispatch.Results;
import io.durable4j.internal.dispatch.TurnQueue;
import io.durable4j.internal.dispatch.TurnRunner;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent.PermitKind;
import io.durable4j.internal.partition.Outlet;
import io.durable4j.internal.partition.PartitionBalancer;
import io.durable4j.internal.session.SessionCache;
import io.durable4j.internal.session.SessionLevel;
import io.durable4j.observe.Health;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A running host: puts the rooms together, starts their loops, and ends them in order. */
final class Engine implements DurableHost, WakeUps, Outlet {
  /** For threads that have nothing left to do but end. */
  private static final int IDLE_LOOKS = 8;

  private static final long LAST_GRACE_NANOS = 1_000_000_000L;

  private final Parts parts;
  private final TaskHub hub;
  private final ResultWaits waits = new ResultWaits();
  private final Terms terms;
  private final HubClient client;
  private final ActivityWatch watch;
  private final EpisodeWatch episodes;
  private final OperationWatch operations;
  private final ActivityLoop activityLoop;
  private final SessionCache sessions;
  private final Dispatcher dispatcher;
  private final PartitionBalancer balancer;
  private final HealthCheck health;
  private final ActivityPermits activityPermits;
  private final List<Drive.Running> loops = new ArrayList<>();
  private volatile boolean ready;
  private volatile boolean closing;
  private final AtomicBoolean closeBegun = new AtomicBoolean();
  private final Signal closed;
  private final Signal closingBegins;
  private volatile boolean closeEnded;
  private volatile boolean closedWell;

  /** What a host is made of. */
  record Parts(
      Backend backend,
      Registry registry,
      Settings settings,
      DataConverter converter,
      List<ClientInterceptor> clientInterceptors,
      Drive drive,
      HealthWatch observer,
      Join join) {}

  /** Waits for the threads of a drive. */
  interface Join {
    /** Whether all have ended at the time. */
    boolean until(long nanos);
  }

  static Engine start(Parts parts) {
    HubSpec spec =
        new HubSpec(
            parts.settings.text(Setting.HUB_NAME), parts.settings.number(Setting.HUB_PARTITIONS));
    parts.backend.create(spec);
    Engine engine = new Engine(parts, spec);
    engine.begin();
    return engine;
  }

  private Engine(Parts parts, HubSpec spec) {
    this.parts = parts;
    this.hub = parts.backend.open(spec, this);
    this.terms = new Terms(spec.partitions());
    Drive drive = parts.drive;
    this.closed = drive.signal();
    this.closingBegins = drive.signal();
    Settings settings = parts.settings;
    Capabilities can = parts.backend.capabilities();
    this.client =
        new HubClient(
            new ClientParts(
                drive,
                hub,
                spec.partitions(),
                can,
                parts.converter,
                new ClientRules(settings.text(Setting.VERSION_DEFAULT), parts.clientInterceptors),
                waits,
                this::mailbox));
    DispatchSettings dispatch = EngineSettings.dispatch(settings);
    this.sessions =
        new SessionCache(
            settings.sessionLevel(),
            settings.size(Setting.SESSIONS_BYTES),
            settings.duration(Setting.SESSIONS_IDLE),
            drive::nanos);
    Signal freed = drive.signal();
    this.episodes = new EpisodeWatch(drive, parts.observer, dispatch.episodeTimeout());
    this.operations =
        new OperationWatch(drive, parts.observer, dispatch.entities().operationTimeout());
    this.activityPermits =
        new ActivityPermits(
            settings.number(Setting.ACTIVITIES_MAX),
            parts.registry,
            can.nameFilter(),
            freed::raise);
    this.watch = new ActivityWatch(drive, hub.messages(), dispatch, parts.observer);
    this.activityLoop =
        new ActivityLoop(drive, hub.messages(), dispatch, activityPermits, parts.observer, freed);
    Results results =
        new Results(drive, hub.messages(), terms, dispatch, parts.observer, () -> closing);
    Quarantine quarantine =
        new Quarantine(drive, hub.messages(), terms, results, dispatch, parts.observer);
    DerivedIds ids = new DerivedIds();
    ActivityRunner activities =
        new ActivityRunner(
            new ActivityRunner.Parts(
                drive,
                parts.registry,
                ids,
                parts.converter,
                can.maxPayload(),
                dispatch,
                parts.observer),
            watch,
            results,
            quarantine);
    TurnRunner turns =
        new TurnRunner(
            new TurnRunner.Parts(
                drive,
                hub,
                can,
                parts.registry,
                EngineSettings.rules(settings, ids, parts.converter, can),
                dispatch,
                terms,
                sessions,
                episodes,
                operations,
                parts.observer),
            activityPermits,
            watch,
            () -> closing);
    TurnQueue orchestrations =
        new TurnQueue(PermitKind.TURN, settings.number(Setting.ORCHESTRATIONS_MAX), parts.observer);
    TurnQueue entities =
        settings.text(Setting.ENTITIES_PERMITS).equals("shared")
            ? orchestrations
            : new TurnQueue(
                PermitKind.ENTITY, settings.number(Setting.ENTITIES_MAX), parts.observer);
    this.dispatcher =
        new Dispatcher(
            new Dispatcher.Parts(
                drive,
                turns,
                activities,
                results,
                quarantine,
                hub.messages(),
                sessions,
                dispatch,
                parts.observer),
            orchestrations,
            entities,
            activityPermits);
    WorkerId me = new WorkerId("worker-" + drive.randomId());
    this.balancer =
        new PartitionBalancer(
            new PartitionBalancer.Parts(
                drive,
                me,
                hub.partitions(),
                hub.messages(),
                EngineSettings.partitions(settings),
                terms,
                parts.registry.hasInstances(),
                parts.observer),
            this);
    this.health =
        new HealthCheck(
            new HealthCheck.Parts(
                drive,
                me.value(),
                new HealthProbe(
                    drive, hub, parts.observer, settings.duration(Setting.HEALTH_LIMIT)),
                parts.observer,
                terms,
                balancer,
                orchestrations.permits(),
                entities.permits(),
                activityPermits.all(),
                watch,
                sessions));
  }

  private void begin() {
    ready = true;
    loops.add(parts.drive.loop("balancer", balancer::run));
    loops.add(parts.drive.loop("activities", () -> dispatcher.fetch(activityLoop)));
    loops.add(parts.drive.loop("watch", () -> dispatcher.watch(watch)));
    loops.add(parts.drive.loop("episodes", () -> dispatcher.watch(episodes)));
    loops.add(parts.drive.loop("operations", operations::run));
    if (sessions.level() != SessionLevel.OFF) {
      loops.add(parts.drive.loop("sessions", this::tidySessions));
    }
  }

  private void tidySessions() {
    long pause = parts.settings.duration(Setting.SESSIONS_IDLE).toNanos() / IDLE_LOOKS;
    while (!closing) {
      closingBegins.await(parts.drive.nanos() + pause, () -> Signal.FOREVER);
      sessions.tidy();
    }
  }

  private List<String> mailbox(InstanceId instance) {
    Term term = terms.of(instance);
    List<Arrival> held = term == null ? List.of() : term.heldFor(instance);
    return held.stream().map(a -> a.message().event().body().kind()).toList();
  }

  @Override
  public void ready(QueueId queue) {
    if (!ready) {
      return;
    }
    if (queue.kind() == QueueId.Kind.ACTIVITY) {
      activityLoop.look();
    } else {
      balancer.ready(queue);
    }
  }

  @Override
  public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
    waits.changed(instance, status);
  }

  @Override
  public void ready(Mailbox box) {
    dispatcher.ready(box);
  }

  @Override
  public void left(Term term) {
    sessions.leave(term.fence());
  }

  @Override
  public boolean tryRespond(Arrival result) {
    return dispatcher.tryRespond(result);
  }

  @Override
  public void respond(Arrival result) {
    dispatcher.respond(result);
  }

  /** How many activities run now, of how many that may: for the kit, which checks the permits. */
  int activitiesRunning() {
    return watch.count();
  }

  int activitiesAllowed() {
    return activityPermits.all().total();
  }

  @Override
  public DurableClient client() {
    return client;
  }

  @Override
  public Health health() {
    return health.now(closeBegun.get());
  }

  @Override
  public boolean close(Duration limit) {
    long until = parts.drive.nanos() + limit.toNanos();
    if (closeBegun.getAndSet(true)) {
      return awaitClosed(until);
    }
    closedWell = end(until);
    closeEnded = true;
    closed.raise();
    return closedWell;
  }

  private boolean end(long until) {
    activityLoop.stop();
    balancer.leave();
    boolean left = loops.get(0).join(until);
    boolean quiet = watch.awaitIdle(until) && left;
    closing = true;
    if (!quiet) {
      balancer.abandon();
      watch.breakOffAll();
    }
    closingBegins.raise();
    watch.stop();
    episodes.stop();
    operations.stop();
    client.close();
    sessions.close();
    boolean ended = parts.join.until(parts.drive.nanos() + LAST_GRACE_NANOS);
    sessions.close(); // what the last turns put back
    hub.close();
    return ended && quiet;
  }

  /** Waits for a close that another thread has begun. */
  private boolean awaitClosed(long until) {
    boolean woken = true;
    while (!closeEnded && woken) {
      woken = closed.await(until);
    }
    closed.raise();
    return closeEnded && closedWell;
  }

  @Override
  public void close() {
    close(parts.settings.duration(Setting.CLOSE_TIMEOUT));
  }
}
