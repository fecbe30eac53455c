package io.durable4j.azurestorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.store.StoreOptions;
import io.durable4j.azurestorage.store.Stores;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.storage.Faults;
import io.durable4j.fixtures.storage.Faults.Moment;
import io.durable4j.fixtures.storage.FaultyBackend;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.history.RecordedHistory;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import io.durable4j.spi.Backend;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hub of four partitions on a real server, and three workers without sessions, each its own
 * process to the server. A workload runs on it again and again, and each time another call fails.
 */
final class FaultLane implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final int WORKERS = 3;
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final OrchestratorRef<String, String> FLOW =
      OrchestratorRef.of("Flow", String.class, String.class);
  private static final OrchestratorRef<String, String> CHILD =
      OrchestratorRef.of("Child", String.class, String.class);
  private static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);
  private static final EventRef<String> GO = EventRef.of("go", String.class);

  /** So large that a message with it stands in a blob. */
  private static final String LARGE = "x".repeat(50_000);

  private final Faults faults = new Faults();
  private final ScheduledExecutorService moments = Executors.newSingleThreadScheduledExecutor();
  private final Moment moment;
  private final String name;
  private final Azurite azurite;
  private final List<Backend> backends = new ArrayList<>();
  private final List<DurableHost> hosts = new ArrayList<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private final TaskHub hub;

  /** Which calls fail. */
  enum Calls {
    /** Those of the engine to its store. */
    SPI,
    /** Those of the store to the account. */
    ACCOUNT
  }

  FaultLane(Azurite azurite, Account account, Calls calls, Moment moment) {
    this.azurite = azurite;
    this.moment = moment;
    name = calls + "-" + moment;
    HubSpec spec = new HubSpec(calls.name() + moment.name(), PARTITIONS);
    Backend plain = backend(account);
    plain.create(spec);
    hub = plain.open(spec, new Deaf());
    for (int w = 0; w < WORKERS; w++) {
      Backend backend =
          calls == Calls.SPI
              ? new FaultyBackend(backend(account), faults)
              : backend(new FaultyAccount(account, faults));
      hosts.add(host(DurableHost.on(backend).set(Setting.HUB_NAME, spec.name())));
    }
  }

  private static final class Deaf implements WakeUps {
    @Override
    public void ready(QueueId queue) {}

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
  }

  private Backend backend(Account account) {
    Backend backend =
        Stores.create(
            account,
            null,
            StoreOptions.DEFAULT,
            UUID::randomUUID,
            Runnable::run,
            work -> {
              Future<?> unused = moments.schedule(work, 100, TimeUnit.MILLISECONDS);
            });
    backends.add(backend);
    return backend;
  }

  private DurableHost host(DurableHost.Builder on) {
    return on.set(Setting.HUB_PARTITIONS, Integer.toString(PARTITIONS))
        .set(Setting.SESSIONS, "off")
        .set(Setting.LEASE, "PT3S")
        .set(Setting.PARTITION_INTERVAL, "PT1S")
        .set(Setting.PARTITION_LEASE, "PT10S")
        .set(Setting.POLL_MAX, "PT0.5S")
        .set(Setting.BACKOFF_MAX, "PT0.2S")
        .activity(
            WORK,
            what -> {
              done.add(what.substring(0, what.indexOf('|')));
              return what;
            })
        .orchestrator(CHILD, (ctx, in) -> ctx.callActivity(WORK, in + " child|").await())
        .orchestrator(FLOW, FaultLane::flow)
        .start();
  }

  /** Two activities, a child with another, a timer and an event, all at once; then one more. */
  private static String flow(OrchestrationContext ctx, String run) {
    Task<?> timer = ctx.createTimer(Duration.ofMillis(100));
    Task<String> child =
        ctx.callSubOrchestrator(CHILD, run, CallOptions.instance("child of " + run));
    Task<String> small = ctx.callActivity(WORK, run + " small|");
    Task<String> large = ctx.callActivity(WORK, run + " large|" + LARGE);
    String event = ctx.waitForExternalEvent(GO).await();
    timer.await();
    ctx.callActivity(WORK, run + " last|").await();
    return event + small.await().length() + child.await().length() + large.await().length();
  }

  /** Lets calls fail, up to a number or until there are fewer calls; tells how many failed. */
  int run(int most) {
    int fired = 0;
    for (int k = 1; k <= most && run(k, "run-" + k); k = Strides.after(k)) {
      fired++;
    }
    System.out.println("Azurite " + name + " calls=" + faults.calls() + " fired=" + fired);
    return fired;
  }

  /** One run of the workload; tells whether the call failed. */
  private boolean run(int k, String id) {
    faults.reset();
    faults.arm(k, moment);
    try {
      workload(id);
      boolean fired = faults.fired();
      eventually("nothing is left in the queues", this::isEmpty);
      return fired;
    } catch (RuntimeException | AssertionError e) {
      List<String> log = faults.log();
      String call = k <= log.size() ? log.get(k - 1) : "none";
      String stalls = azurite.queuesAnswer(Duration.ofSeconds(5)) ? "" : " (Azurite stalls)";
      throw new AssertionError(name + ", call " + k + ", " + call + stalls + ": " + e, e);
    }
  }

  private void workload(String run) {
    DurableClient client = hosts.get(0).client();
    InstanceHandle<String> i = client.schedule(FLOW, run, StartOptions.id(run));
    i.raise(GO, "went ");
    int length = run.length() + " small|".length();
    String sum = "went " + length + length + (length + LARGE.length());
    assertThat(i.result(SOON)).isEqualTo(sum);
    assertThat(done).contains(run + " small", run + " large", run + " child", run + " last");
    RecordedHistory history = i.history();
    assertThat(count(history, EventBody.ExecutionStarted.class)).isOne();
    assertThat(count(history, EventBody.TaskScheduled.class)).isEqualTo(3);
    assertThat(count(history, EventBody.TaskCompleted.class)).isEqualTo(3);
    assertThat(count(history, EventBody.SubOrchestrationCompleted.class)).isOne();
    assertThat(count(history, EventBody.TimerFired.class)).isOne();
    assertThat(count(history, EventBody.EventRaised.class)).isOne();
    assertThat(count(history, EventBody.ExecutionCompleted.class)).isOne();
    assertThat(client.query(q -> q.prefix(run)).map(s -> s.id().value())).containsExactly(run);
  }

  private static long count(RecordedHistory history, Class<? extends EventBody> kind) {
    return history.events().stream().map(HistoryEvent::body).filter(kind::isInstance).count();
  }

  private boolean isEmpty() {
    return IntStream.range(0, PARTITIONS)
            .mapToObj(p -> new QueueId(QueueId.Kind.CONTROL, p))
            .allMatch(this::isEmpty)
        && isEmpty(QueueId.activity(0));
  }

  private boolean isEmpty(QueueId queue) {
    return hub.messages().stats(queue).length() == 0;
  }

  private static void eventually(String what, java.util.function.BooleanSupplier isSo) {
    long until = System.nanoTime() + SOON.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("Not within " + SOON + ": " + what).isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    hosts.forEach(h -> h.close(Duration.ZERO)); // the server is not used again
    hub.close();
    backends.forEach(Backend::close);
    moments.shutdownNow();
  }
}
