package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.HostOnDrive;
import io.durable4j.host.Setting;
import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.Backend;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What each operation costs, in calls to the services. */
class CallCountsTest {
  private static final OrchestratorRef<Integer, Integer> NOTHING =
      OrchestratorRef.of("Nothing", Integer.class, Integer.class);
  private static final int MINUTES = 10;
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final World w = new World();
  private final TaskHub worker = w.worker();

  private List<String> calls(Runnable operation) {
    List<String> calls = new ArrayList<>();
    w.points(
        call -> {
          if (call.endsWith("!")) {
            calls.add(call.substring(0, call.length() - 1));
          }
        });
    operation.run();
    w.points(Points.NONE);
    return calls;
  }

  private InstanceState created() {
    InstanceState s =
        w.state(
            "i", World.FIRST, OrchestrationStatus.PENDING, new io.durable4j.data.Payload("[7]"));
    worker.instances().create(w.creation(s), ReusePolicy.never());
    return s;
  }

  private Stored running() {
    created();
    return begun(worker);
  }

  private Stored begun(TaskHub by) {
    Stored seen = World.load(by, "i");
    InstanceState next =
        Objects.requireNonNull(seen.state())
            .with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
    TurnCommit c = w.commit(seen, new Append(w.whole(next, "past", 3)), next);
    assertThat(by.instances().commit(c)).isInstanceOf(Committed.class);
    return World.load(by, "i");
  }

  private void commit(TurnCommit c) {
    committed(worker, c);
  }

  private static Committed committed(TaskHub by, TurnCommit c) {
    CommitOutcome outcome = by.instances().commit(c);
    assertThat(outcome).isInstanceOf(Committed.class);
    return (Committed) outcome;
  }

  /** A turn that consumes a result and asks for the next activity. */
  private TurnCommit step(Stored seen) {
    List<Delivery> result = worker.messages().send(List.of(w.message("result")), LEASE);
    assertThat(result).hasSize(1);
    return step(seen, result);
  }

  private TurnCommit step(Stored seen, List<Delivery> result) {
    InstanceState next =
        Objects.requireNonNull(seen.state())
            .with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
    TurnCommit c = w.commit(seen, new Append(w.events("step", 4)), next);
    return new TurnCommit(
        c.id(),
        c.fence(),
        c.basedOn(),
        c.history(),
        c.next(),
        c.outbound(),
        c.claimLease(),
        result,
        Set.of());
  }

  @Test
  void aStepCostsItsPutItsTransactionAndItsDelete() {
    TurnCommit c = step(running());
    assertThat(calls(() -> commit(c)))
        .containsExactly("queues.send", "tables.write", "queues.delete");
  }

  @Test
  void aStepThatFollowsSoonWritesItsMessageOverTheOneBefore() {
    List<Runnable> moments = new ArrayList<>();
    TaskHub soon =
        TestStore.on(w.account, null, w.random, moments::add)
            .open(World.SPEC, Rig.wakeUps(new ArrayList<>()));
    created();
    Stored seen = begun(soon);
    List<Delivery> result = soon.messages().send(List.of(w.message("first")), LEASE);
    for (int i = 0; i < 3; i++) {
      TurnCommit c = step(seen, result);
      List<Delivery> claimed = new ArrayList<>();
      assertThat(calls(() -> claimed.addAll(committed(soon, c).claimed())))
          .containsExactly(i == 0 ? "queues.send" : "queues.rewrite", "tables.write");
      result = claimed;
      seen = World.load(soon, "i");
      assertThat(seen.mayReturn()).hasSize(1);
    }
    assertThat(calls(() -> moments.forEach(Runnable::run))).containsExactly("queues.delete");
  }

  @Test
  void nowAndThenAStepAlsoWritesTheRow() {
    Stored seen = running();
    w.clock.advance(StoreOptions.DEFAULT.statusEvery().minusMillis(1));
    TurnCommit early = step(seen);
    assertThat(calls(() -> commit(early))).hasSize(3);
    w.clock.advance(Duration.ofMillis(1));
    TurnCommit due = step(World.load(worker, "i"));
    assertThat(calls(() -> commit(due)))
        .containsExactly("queues.send", "tables.write", "tables.write", "queues.delete");
    TurnCommit again = step(World.load(worker, "i"));
    assertThat(calls(() -> commit(again))).hasSize(3);
  }

  @Test
  void aLoadCostsTwoReadsAndOneWhereTheRowIsKnown() {
    running();
    TaskHub other = w.worker();
    assertThat(calls(() -> World.load(other, "i"))).containsExactly("tables.find", "tables.get");
    assertThat(calls(() -> World.load(other, "i"))).containsExactly("tables.find");
    assertThat(calls(() -> World.load(other, "nobody")))
        .containsExactly("tables.find", "tables.get");
  }

  @Test
  void aCreationCostsAReadAPutAndARow() {
    assertThat(calls(this::created)).containsExactly("tables.get", "queues.send", "tables.write");
  }

  @Test
  void anIdThatWasDrawnIsNotLookedFor() {
    InstanceState s = w.state("i", World.FIRST, OrchestrationStatus.PENDING, null);
    assertThat(
            calls(() -> worker.instances().create(w.creation(s).withNewId(), ReusePolicy.never())))
        .containsExactly("queues.send", "tables.write");
  }

  @Test
  void aStartIsHintedAtOnceItsRowIsThere() {
    List<Object> all = new ArrayList<>();
    TaskHub client = TestStore.on(w.account, null, w.random).open(World.SPEC, Rig.wakeUps(all));
    InstanceState s = w.state("i", World.FIRST, OrchestrationStatus.PENDING, null);
    w.points(all::add);
    client.instances().create(w.creation(s).withNewId(), ReusePolicy.never());
    assertThat(all)
        .containsExactly(
            "queues.send", "queues.send!", "tables.write", "tables.write!", World.CONTROL);
  }

  @Test
  void theFirstLoadOfWhatWasCreatedHereReadsTwoRows() {
    created();
    assertThat(calls(() -> World.load(worker, "i"))).containsExactly("tables.get", "tables.get");
    begun(w.worker());
    assertThat(calls(() -> World.load(worker, "i")))
        .containsExactly("tables.get", "tables.find", "tables.get");
    assertThat(World.load(worker, "i").history()).hasSize(3);
  }

  @Test
  void aTurnThatIsAheadOfItsClientsAnswerReadsNoMoreThanOthers() {
    InstanceState s = w.state("i", World.FIRST, OrchestrationStatus.PENDING, null);
    List<String> calls = new ArrayList<>();
    boolean[] ahead = new boolean[1];
    w.points(
        call -> {
          calls.add(call);
          if (call.equals("tables.write!") && !ahead[0]) {
            ahead[0] = true;
            begun(worker);
          }
        });
    worker.instances().create(w.creation(s).withNewId(), ReusePolicy.never());
    assertThat(calls).containsSubsequence("tables.write!", "tables.get", "tables.get");
    w.points(Points.NONE);
    assertThat(calls(() -> World.load(worker, "i"))).containsExactly("tables.find");
  }

  @Test
  void aFirstTurnAlsoWritesTheRow() {
    InstanceState s = created();
    Stored seen = World.load(worker, "i");
    InstanceState next = s.with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
    TurnCommit c = w.commit(seen, new Append(w.whole(next, "past", 3)), next);
    assertThat(c.consumed()).hasSize(1);
    assertThat(calls(() -> commit(c)))
        .containsExactly("queues.send", "tables.write", "tables.write", "queues.delete");
  }

  @Test
  void aTurnThatMakesAnInstanceMarksItsRowFirst() {
    InstanceState next =
        w.state(
            "i", World.FIRST, OrchestrationStatus.RUNNING, new io.durable4j.data.Payload("[7]"));
    Stored none = World.load(worker, "i");
    TurnCommit c = w.commit(none, new Append(w.whole(next, "past", 3)), next);
    assertThat(calls(() -> commit(c)))
        .containsExactly("tables.write", "queues.send", "tables.write", "tables.write");
  }

  @Test
  void aTurnOnWhatIsNotKnownAnyMoreReadsItOnce() {
    TurnCommit c = step(running());
    TaskHub other = w.worker();
    assertThat(calls(() -> assertThat(other.instances().commit(c)).isInstanceOf(Committed.class)))
        .containsExactly(
            "tables.find", "tables.get", "queues.send", "tables.write", "queues.delete");
  }

  @Test
  void aReadOfAnInstanceAlsoAsksItsSentinelUnlessItHasEnded() {
    Stored seen = running();
    InstanceId id = new InstanceId("i");
    assertThat(calls(() -> worker.queries().get(id))).containsExactly("tables.get", "tables.get");
    InstanceState next =
        Objects.requireNonNull(seen.state())
            .with(Progress.of(OrchestrationStatus.FAILED, w.clock.instant()));
    commit(w.commit(seen, new Append(w.events("end", 1)), next));
    assertThat(calls(() -> worker.queries().get(id))).containsExactly("tables.get");
    InstanceId none = new InstanceId("none");
    assertThat(calls(() -> worker.queries().get(none))).containsExactly("tables.get", "tables.get");
  }

  @Test
  void aGlanceCostsOneReadAndTwoWhereTheRowIsOld() {
    running();
    InstanceId id = new InstanceId("i");
    assertThat(calls(() -> worker.queries().glance(id))).containsExactly("tables.get");
    w.clock.advance(StoreOptions.DEFAULT.statusEvery().plusMillis(1));
    assertThat(calls(() -> worker.queries().glance(id)))
        .containsExactly("tables.get", "tables.get");
  }

  @Test
  void anIdleWorkerCallsLessThanOnceASecond() {
    Map<String, Integer> calls = inAnIdleMinute(CallCountsTest::withWork);
    assertThat(calls)
        .containsOnlyKeys("queues.receive", "tables.find", "tables.write")
        .containsEntry("tables.find", 6) // of the partitions, every 10 s
        .containsEntry("tables.write", 4 * 6); // of each of them
    assertThat(looks(calls)).isBetween(5 * 4, 22); // at each queue, every 15 s or a little sooner
    assertThat(sum(calls)).isLessThanOrEqualTo(60);
  }

  @Test
  void anIdleWorkerLooksAsOftenAsTheUserSays() {
    assertThat(looks(inAnIdleMinute(host -> withWork(host.set(Setting.POLL_MAX, "PT5S")))))
        .isBetween(5 * 12, 66);
    assertThat(looks(inAnIdleMinute(host -> withWork(host.set(Setting.POLL_MAX, "PT60S")))))
        .isBetween(5, 6);
  }

  @Test
  void aWorkerWithoutActivitiesOnlyAsksHowOldTheOldestIs() {
    Map<String, Integer> calls = inAnIdleMinute(host -> {});
    assertThat(calls).containsEntry("queues.look", 2);
    assertThat(looks(calls)).isBetween(4 * 4, 18);
  }

  private static void withWork(DurableHost.Builder host) {
    host.activity(ActivityRef.of("Work", String.class, String.class), s -> s);
  }

  private static int looks(Map<String, Integer> calls) {
    return calls.getOrDefault("queues.receive", 0);
  }

  private static int sum(Map<String, Integer> calls) {
    return calls.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The calls of a worker with four partitions and nothing to do, on average. */
  private static Map<String, Integer> inAnIdleMinute(Consumer<DurableHost.Builder> setUp) {
    Map<String, Integer> calls = new TreeMap<>();
    Map<String, Integer> inAMinute = new TreeMap<>();
    ControlledDrive.run(
        Chooser.fifo(),
        Instant.parse("2030-01-01T00:00:00Z"),
        drive -> {
          Points counting =
              call -> {
                if (call.endsWith("!")) {
                  calls.merge(call.substring(0, call.length() - 1), 1, Integer::sum);
                }
              };
          try (Backend backend = TestStore.on(new FakeAccount(drive.clock(), counting))) {
            DurableHost.Builder builder =
                DurableHost.on(backend).orchestrator(NOTHING, (ctx, input) -> input);
            setUp.accept(builder);
            try (DurableHost host = HostOnDrive.start(builder, drive, event -> {})) {
              drive.sleep(Duration.ofMinutes(3)); // until the pauses are at their longest
              calls.clear();
              drive.sleep(Duration.ofMinutes(MINUTES));
              calls.forEach((call, count) -> inAMinute.put(call, count / MINUTES));
              assertThat(host.health().partitions()).hasSize(4);
            }
          }
        });
    return inAMinute;
  }

  @Test
  void aPageAsksForFewSentinels() {
    for (int i = 0; i < 50; i++) {
      InstanceState s = w.state("i" + i, World.FIRST, OrchestrationStatus.PENDING, World.LARGE);
      worker.instances().create(w.creation(s), ReusePolicy.never());
    }
    w.clock.advance(Duration.ofMinutes(2));
    List<String> calls =
        calls(
            () ->
                worker
                    .queries()
                    .find(io.durable4j.spi.InstanceQueries.InstanceFilter.ALL, null, 100));
    assertThat(calls).filteredOn("tables.get"::equals).hasSize(32);
    assertThat(calls).filteredOn("tables.find"::equals).hasSize(1);
  }
}
