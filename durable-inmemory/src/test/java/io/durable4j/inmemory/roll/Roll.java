package io.durable4j.inmemory.roll;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.storage.Faults;
import io.durable4j.fixtures.storage.FaultyBackend;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.HostOnDrive;
import io.durable4j.host.Setting;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.observe.Health;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A roll from version 1 to version 2 under virtual time, with instances started before, during and
 * after it. Version 2 has one more orchestrator and one more activity. Lives on the main controlled
 * thread.
 */
final class Roll {
  static final int INSTANCES = 200;
  private static final int EACH = 2;
  private static final Duration LEAVING = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int LOOKS = 60;

  private static final OrchestratorRef<Integer, Integer> BOTH =
      OrchestratorRef.of("InBoth", Integer.class, Integer.class);
  private static final OrchestratorRef<Integer, Integer> ADDED =
      OrchestratorRef.of("Added", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Integer> OLD =
      ActivityRef.of("Old", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Integer> NEW =
      ActivityRef.of("New", Integer.class, Integer.class);

  private final ControlledDrive drive;
  private final FaultyBackend backend;
  private final Random random;
  private final Duration together;
  private final int partitions;
  private final Map<String, Worker> alive = new LinkedHashMap<>();
  private final List<InstanceHandle<Integer>> started = new ArrayList<>();
  private final List<EngineEvent> bugs = new ArrayList<>();
  private final Set<String> told = new TreeSet<>();
  private final Set<String> toldByLastLook = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private int workers;

  private record Worker(String name, int version, DurableHost host, Drive drive) {}

  /**
   * What came of it.
   *
   * @param completed how many came to their right end
   * @param failed how many failed, or ended wrongly
   * @param stuck how many did not end
   * @param unknown the names that the health of version 1 showed as unknown
   * @param told the names that the events of version 1 told of until the last look at its health
   * @param health of the workers of version 2, at the end
   * @param bugs what should not have happened in the engine
   */
  record Result(
      int completed,
      int failed,
      int stuck,
      Set<String> unknown,
      Set<String> told,
      List<Health> health,
      List<EngineEvent> bugs) {}

  /**
   * A roll to be.
   *
   * @param together how long both versions run side by side
   */
  Roll(ControlledDrive drive, long seed, Duration together) {
    this.drive = drive;
    this.random = new Random(seed);
    this.together = together;
    this.partitions = EACH + random.nextInt(6);
    this.backend =
        new FaultyBackend(InMemoryBackend.create(drive.clock()), new Faults(drive::giveWay));
  }

  Result run() throws InterruptedException {
    for (int i = 0; i < EACH; i++) {
      start(1);
    }
    drive.sleep(Duration.ofSeconds(15));
    begin(67, 10);
    for (int i = 0; i < EACH; i++) {
      start(2);
      begin(10, 100);
    }
    // the moment at which owners of version 1 see the most that they do not know
    for (int i = 0; i < 6; i++) {
      begin(4, 500);
      for (int j = 0; j < 5; j++) {
        look();
        drive.sleep(together.dividedBy(30));
      }
    }
    for (Worker w : List.copyOf(alive.values())) {
      if (w.version == 1) {
        leave(w);
        begin(11, 300);
        drive.sleep(Duration.ofSeconds(10));
      }
    }
    begin(INSTANCES - started.size(), 10);
    return judge();
  }

  private void start(int version) {
    String name = "w" + workers++;
    DurableHost.Builder builder =
        DurableHost.on(backend)
            .set(Setting.HUB_PARTITIONS, Integer.toString(partitions))
            .set(Setting.ACTIVITIES_MAX, "2")
            .set(Setting.ORCHESTRATIONS_MAX, "4")
            .orchestrator(
                BOTH,
                (ctx, n) -> {
                  int sum = ctx.callActivity(OLD, n).await();
                  ctx.sleep(Duration.ofSeconds(n % 90));
                  return sum + ctx.callActivity(OLD, n).await();
                })
            .activity(OLD, n -> work(n));
    if (version == 2) {
      builder
          .orchestrator(
              ADDED,
              (ctx, n) -> {
                // more than the permits of a worker, so that some are left to the others
                List<Task<Integer>> three = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                  three.add(ctx.callActivity(NEW, n));
                }
                int sum = ctx.allOf(three).await().get(0);
                ctx.sleep(Duration.ofSeconds(n % 40));
                return sum + ctx.callActivity(OLD, n).await();
              })
          .activity(NEW, n -> work(n));
    }
    Drive mine = drive.worker(name);
    DurableHost host = HostOnDrive.start(builder, mine, e -> observe(version, e));
    alive.put(name, new Worker(name, version, host, mine));
  }

  private int work(int n) throws InterruptedException {
    drive.sleep(Duration.ofMillis(100 + n % 7 * 100));
    return n + 1;
  }

  private void observe(int version, EngineEvent event) {
    if (event instanceof EngineEvent.Bug) {
      bugs.add(event);
    } else if (version == 1 && event instanceof EngineEvent.UnknownActivity e) {
      told.add("ACTIVITY " + e.name());
    } else if (version == 1 && event instanceof EngineEvent.UnknownOrchestrator e) {
      told.add("ORCHESTRATOR " + e.name());
    }
  }

  private void leave(Worker w) {
    alive.remove(w.name);
    w.drive.work("leaving", () -> w.host.close(LEAVING));
  }

  /** Starts instances through any client; what is new through one that knows it. */
  private void begin(int count, int millis) throws InterruptedException {
    List<Worker> clients = List.copyOf(alive.values());
    for (int i = 0; i < count; i++) {
      Worker w = clients.get(random.nextInt(clients.size()));
      OrchestratorRef<Integer, Integer> what =
          w.version == 2 && random.nextBoolean() ? ADDED : BOTH;
      DurableClient client = w.host.client();
      int n = started.size();
      started.add(client.schedule(what, n, StartOptions.id("i" + n)));
      drive.sleep(Duration.ofMillis(random.nextInt(millis)));
    }
  }

  private void look() {
    toldByLastLook.addAll(told);
    for (Worker w : alive.values()) {
      Health health = w.host.health();
      if (w.version == 1) {
        health.unknown().forEach(n -> unknown.add(n.kind() + " " + n.name()));
      }
    }
  }

  private Result judge() throws InterruptedException {
    DurableClient client = alive.values().iterator().next().host.client();
    int completed = 0;
    int failed = 0;
    int stuck = INSTANCES;
    for (int look = 0; look < LOOKS && stuck > 0; look++) {
      drive.sleep(LOOK);
      completed = 0;
      failed = 0;
      stuck = 0;
      for (int n = 0; n < INSTANCES; n++) {
        InstanceState state = client.instance(BOTH, "i" + n).state();
        Payload output = state.progress().output();
        boolean right =
            state.status() == OrchestrationStatus.COMPLETED
                && output != null
                && output.text().equals(Integer.toString(2 * n + 2));
        completed += right ? 1 : 0;
        failed += state.status().isTerminal() && !right ? 1 : 0;
        stuck += state.status().isTerminal() ? 0 : 1;
      }
    }
    // so long that what nobody asks for any more is forgotten
    drive.sleep(Duration.ofMinutes(3));
    List<Health> health = alive.values().stream().map(w -> w.host.health()).toList();
    return new Result(completed, failed, stuck, unknown, toldByLastLook, health, bugs);
  }
}
