package io.durable4j.inmemory.testing.crash;

import io.durable4j.activity.ActivityContext;
import io.durable4j.activity.ActivityInterceptor;
import io.durable4j.client.DurableClient;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.internal.controlled.Drivable;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario: one worker at a time, a client, and faults. When a worker dies, another
 * takes its place at once, on the same storage. Lives on controlled threads.
 */
final class Run<W> {
  private static final String SCENARIO = "scenario";
  private static final String WORKER = "worker-";
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Plot<W> plot;
  private final ControlledDrive drive;
  private final Backend storage;
  private final Words words;
  private final Story story;
  private final Strikes strikes;
  private final Probe probe = new Probe();
  private final W world;
  private final Signal down;
  private final Leases clientLeases = new Leases();
  private Leases leases = new Leases();
  private int workers;
  private boolean isDown;
  private @Nullable End end;

  private Run(
      Plot<W> plot,
      ControlledDrive drive,
      Names names,
      @Nullable Learned learned,
      List<Fault> faults) {
    this.plot = plot;
    this.drive = drive;
    this.storage = InMemoryBackend.create(drive.clock());
    this.words = new Words(names);
    this.story = new Story(words, drive::nanos);
    this.down = drive.signal();
    this.probe.deaf(drive::isKilled);
    this.world = plot.world().apply(probe);
    Strikes.Target target = new Strikes.Target(this::crash, clientLeases, plot.times().within());
    this.strikes = new Strikes(drive, story, target, learned, faults);
  }

  /** Runs a schedule; {@code drive} is fresh, and this its first thread. */
  static <W> Outcome of(
      Plot<W> plot,
      ControlledDrive drive,
      Names names,
      @Nullable Learned learned,
      List<Fault> faults) {
    return new Run<>(plot, drive, names, learned, faults).perform();
  }

  private Outcome perform() {
    startWorker();
    Drive.Running unused = drive.loop("keeper", this::keep);
    DurableClient client =
        drivable(builder(clientLeases))
            .connectOn(new SteadyDrive(drive, new SplittableRandom(plot.seed())));
    Drive.Running scenario =
        drive.worker(SCENARIO).work(SCENARIO, () -> play(new Stage(drive, client)));
    try {
      if (!scenario.join(drive.nanos() + plot.times().patience().toNanos())) {
        end = new End.Stuck("The scenario did not end in time. " + Stage.explain(client));
        drive.kill(SCENARIO);
      }
      settle();
    } catch (GaveUp e) {
      end = new End.Stuck(e.getMessage() + ". " + Stage.explain(client));
    }
    client.close();
    return outcome();
  }

  private void play(Stage stage) {
    try {
      end = new End.Returned(plot.scenario().play(world, stage));
    } catch (Throwable e) {
      if (!drive.isKilled()) {
        end = End.of(e);
      }
    }
    story.say("the scenario ended: " + end);
  }

  /** What is under way comes to its end before the world is looked at. */
  private void settle() {
    Duration time = strikes.isPending() ? plot.times().within().plus(SETTLING) : SETTLING;
    pause(drive, time);
  }

  private static void pause(ControlledDrive drive, Duration time) {
    try {
      drive.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts the threads of a scenario", e);
    }
  }

  private Outcome outcome() {
    List<String> broken = new ArrayList<>();
    for (Plot.Invariant<W> i : plot.invariants()) {
      if (!i.holds().test(world)) {
        broken.add(i.name());
      }
    }
    End how = end == null ? new End.Stuck("The scenario was given up") : end;
    return new Outcome(
        story, how, plot.state().apply(world), probe.effects(), broken, strikes.werePossible());
  }

  private void startWorker() {
    leases = new Leases();
    String name = WORKER + ++workers;
    isDown = false;
    DurableHost unused =
        drivable(builder(leases))
            .startOn(
                drive.worker(name),
                event -> {
                  if (event instanceof EngineEvent.ActivityTimedOut t) {
                    story.overran();
                    story.say(t.name() + " is over its time");
                  }
                });
  }

  /** Lets a new worker follow on each that died. */
  private void keep() {
    while (true) {
      boolean unused = down.await(Signal.FOREVER);
      while (isDown) {
        leases.end();
        startWorker();
      }
    }
  }

  /** The worker dies. The calling thread dies with it if it is the worker's. */
  private void crash(String why) {
    story.say("CRASH " + why);
    if (!isDown) {
      isDown = true;
      down.raise();
      drive.kill(WORKER + workers);
    }
    strikes.begin();
  }

  private DurableHost.Builder builder(Leases mine) {
    DurableHost.Builder real = DurableHost.on(new Tap(storage, strikes, words, mine));
    real.interceptActivities(this::around);
    Spy spy = new Spy(real);
    plot.host().accept(world, spy.builder());
    spy.limits().forEach(story::allows);
    return real.set(Setting.HUB_PARTITIONS, "1")
        .set(Setting.SESSIONS, "off")
        .set(Setting.REPLAY_STRICT, "true")
        .set(Setting.NON_DETERMINISM, "fail")
        .set(Setting.EPISODE_HUNG, "fail")
        .set(Setting.UNKNOWN_TYPE_GRACE, "PT0S")
        .set(Setting.POISON_CALLER, "fail")
        .set(Setting.LEASE, "P7D");
  }

  @SuppressWarnings("unchecked") // each builder of a host is one
  private static Drivable<DurableHost, DurableClient> drivable(DurableHost.Builder builder) {
    return (Drivable<DurableHost, DurableClient>) builder;
  }

  private @Nullable Object around(ActivityContext context, ActivityInterceptor.Call call)
      throws Exception {
    Body body = story.begins(context.idempotencyKey(), context.name(), context.instanceId());
    story.say(
        "runs: "
            + context.name()
            + (body.number() == 1 ? "" : ", for the " + body.number() + ". time"));
    strikes.before(body);
    try {
      Object result = proceed(body, call);
      strikes.after(body);
      return result;
    } catch (Exception e) {
      if (!drive.isKilled()) {
        strikes.after(body);
      }
      throw e;
    }
  }

  private @Nullable Object proceed(Body body, ActivityInterceptor.Call call) throws Exception {
    probe.enter(body);
    try {
      return call.proceed();
    } finally {
      probe.leave();
    }
  }

  /** What a scenario sees. */
  private record Stage(ControlledDrive drive, DurableClient client) implements Scene {
    @Override
    public void advance(Duration time) {
      pause(drive, time);
    }

    @Override
    public Instant now() {
      return drive.now();
    }

    static String explain(DurableClient client) {
      StringBuilder text = new StringBuilder();
      client
          .query(q -> q)
          .filter(s -> !s.status().isTerminal() && !s.id().isEntity())
          .forEach(s -> text.append(client.instance(s.id().value()).explain()).append('\n'));
      return text.toString().strip();
    }
  }
}
