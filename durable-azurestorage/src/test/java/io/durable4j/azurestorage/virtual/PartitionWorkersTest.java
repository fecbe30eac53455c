package io.durable4j.azurestorage.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.InstanceHandle;
import io.durable4j.fixtures.Covers;
import io.durable4j.fixtures.storage.Hooks;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.Fence;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Partitions follow the workers, with the default settings. */
class PartitionWorkersTest {
  private static final OrchestratorRef<Integer, String> FLOW =
      OrchestratorRef.of("Flow", Integer.class, String.class);
  private static final ActivityRef<Integer, Integer> WORK =
      ActivityRef.of("Work", Integer.class, Integer.class);

  /** A look at a control queue, and whether the stored row said that the reader owns it. */
  private record Look(String worker, int queue, Instant at, boolean owns) {}

  /** A hub, who reads its queues, and whose turns are committed. */
  private static final class Watched implements Hooks {
    private final VirtualHub hub;
    private final TaskHub table;
    private final List<Look> looks = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private final List<String> commits = new ArrayList<>();
    private final Map<String, DurableHost> hosts = new TreeMap<>();

    /** Freezes a worker that has just fetched messages. */
    private @Nullable String freezes;

    Watched(VirtualHub hub) {
      this.hub = hub;
      table = hub.open();
    }

    /** The flow adds up so many activities that take ten seconds each. */
    void join(String worker) {
      join(worker, "PT30S");
    }

    void join(String worker, String lease) {
      hosts.put(
          worker,
          hub.host(
              worker,
              this,
              b ->
                  b.set(Setting.LEASE, lease)
                      .activity(
                          WORK,
                          n -> {
                            hub.drive.sleep(Duration.ofSeconds(10));
                            return n;
                          })
                      .orchestrator(
                          FLOW,
                          (ctx, n) -> {
                            ran.add(worker);
                            int sum = 0;
                            for (int i = 0; i < n; i++) {
                              sum += ctx.callActivity(WORK, 1).await();
                            }
                            return "sum " + sum;
                          })));
    }

    List<PartitionRow> rows() {
      return table.partitions().read().rows();
    }

    /** How many partitions each worker owns, the fewest first. */
    List<Integer> shares() {
      Map<String, Integer> counts = new TreeMap<>();
      for (PartitionRow row : rows()) {
        if (row.owner() != null
            && row.nextOwner() == null
            && hub.drive.now().isBefore(row.expiresAt())) {
          counts.merge(row.owner().value(), 1, Integer::sum);
        }
      }
      List<Integer> shares = new ArrayList<>(counts.values());
      Collections.sort(shares);
      return shares;
    }

    void assertShares(Duration within, Integer... shares) throws InterruptedException {
      Instant begun = hub.drive.now();
      while (!shares().equals(List.of(shares))) {
        assertThat(hub.since(begun)).as("%s, now %s", List.of(shares), rows()).isLessThan(within);
        hub.drive.sleep(Duration.ofMillis(100));
      }
    }

    List<Look> looks(Predicate<Look> which) {
      return looks.stream().filter(which).toList();
    }

    @Override
    public void receives(QueueId queue, Receive how) {
      Fence fence = how.fence();
      if (queue.kind() == QueueId.Kind.CONTROL) {
        PartitionRow row = rows().get(queue.shard());
        boolean owns =
            fence != null && fence.owner().equals(row.owner()) && fence.epoch() == row.epoch();
        looks.add(new Look(hub.drive.workerName(), queue.shard(), hub.drive.now(), owns));
      }
      hub.drive.giveWay();
    }

    @Override
    public void received(QueueId queue, Receive how, Received got) {
      if (queue.kind() == QueueId.Kind.CONTROL
          && !got.deliveries().isEmpty()
          && hub.drive.workerName().equals(freezes)) {
        freezes = null;
        hub.drive.freeze(hub.drive.workerName(), Duration.ofSeconds(90));
      }
    }

    @Override
    public void committed(TurnCommit commit, CommitOutcome outcome) {
      commits.add(hub.drive.workerName());
    }
  }

  private static void run(VirtualWorkers body) {
    VirtualHub.run(hub -> body.run(hub, new Watched(hub)));
  }

  private interface VirtualWorkers {
    void run(VirtualHub hub, Watched workers) throws Exception;
  }

  @Test
  @Covers("AZ-47")
  void partitionsSpreadOverTheWorkersThatCome() {
    run(
        (hub, workers) -> {
          workers.join("a");
          workers.assertShares(Duration.ofSeconds(5), 4);
          workers.join("b");
          workers.assertShares(Duration.ofSeconds(30), 2, 2);
          workers.join("c");
          workers.join("d");
          workers.assertShares(Duration.ofSeconds(30), 1, 1, 1, 1);
          List<Long> epochs = workers.rows().stream().map(PartitionRow::epoch).toList();
          workers.join("e");
          Instant since = hub.drive.now();
          hub.drive.sleep(Duration.ofMinutes(2));
          assertThat(workers.rows()).extracting(PartitionRow::epoch).isEqualTo(epochs);
          Map<Integer, TreeSet<String>> readers = new TreeMap<>();
          for (Look l : workers.looks(l -> l.at.isAfter(since))) {
            readers.computeIfAbsent(l.queue, q -> new TreeSet<>()).add(l.worker);
          }
          assertThat(readers).hasSize(4);
          assertThat(readers.values()).allMatch(r -> r.size() == 1 && !r.contains("e"));
          assertThat(workers.looks(l -> !l.owns)).isEmpty();
        });
  }

  @Test
  @Covers("AZ-48")
  void partitionsOfWorkersThatLeaveMoveSoon() {
    run(
        (hub, workers) -> {
          for (String w : List.of("a", "b", "c", "d")) {
            workers.join(w);
          }
          workers.assertShares(Duration.ofMinutes(1), 1, 1, 1, 1);
          for (String w : List.of("a", "c")) {
            assertThat(workers.hosts.get(w).close(Duration.ofSeconds(5))).isTrue();
          }
          Instant left = hub.drive.now();
          hub.until("all move", () -> workers.shares().stream().mapToInt(n -> n).sum() == 4);
          assertThat(hub.since(left)).isLessThan(Duration.ofSeconds(10));
          workers.assertShares(Duration.ofSeconds(30), 2, 2);
        });
  }

  @Test
  @Covers("AZ-48")
  void partitionsOfKilledWorkersMoveWhenTheirLeasesEnd() {
    run(
        (hub, workers) -> {
          for (String w : List.of("a", "b", "c", "d")) {
            workers.join(w);
          }
          workers.assertShares(Duration.ofMinutes(1), 1, 1, 1, 1);
          hub.drive.kill("a");
          hub.drive.kill("c");
          Instant killed = hub.drive.now();
          hub.drive.sleep(Duration.ofSeconds(1)); // until then they still count
          workers.assertShares(Duration.ofSeconds(39), 2, 2);
          assertThat(workers.looks(l -> l.at.isAfter(killed) && "ac".contains(l.worker))).isEmpty();
          assertThat(workers.looks(l -> !l.owns)).isEmpty();
        });
  }

  @Test
  @Covers("AZ-49")
  void aWorkerThatComesBackStopsReadingWhatOthersOwn() {
    run(
        (hub, workers) -> {
          workers.join("a");
          workers.assertShares(Duration.ofSeconds(5), 4);
          Instant frozen = hub.drive.now();
          hub.drive.freeze("a", Duration.ofSeconds(90));
          workers.join("b");
          workers.assertShares(Duration.ofMinutes(2), 4);
          hub.until("b owns all", () -> reads(workers, "b", frozen).size() == 4);
          Instant back = frozen.plusSeconds(90);
          hub.until("a is back and has its share", () -> !reads(workers, "a", back).isEmpty());
          hub.drive.sleep(Duration.ofMinutes(1));
          workers.assertShares(Duration.ofSeconds(1), 2, 2);
          assertThat(workers.looks(l -> !l.owns && l.at.isAfter(back.plusSeconds(1)))).isEmpty();
          assertThat(reads(workers, "a", hub.drive.now().minusSeconds(30))).hasSize(2);
        });
  }

  private static TreeSet<Integer> reads(Watched workers, String worker, Instant since) {
    TreeSet<Integer> queues = new TreeSet<>();
    workers
        .looks(l -> l.worker.equals(worker) && l.at.isAfter(since))
        .forEach(l -> queues.add(l.queue));
    return queues;
  }

  @Test
  @Covers("AZ-49")
  void aWorkerThatRestartsGoesOn() {
    run(
        (hub, workers) -> {
          workers.join("a");
          workers.assertShares(Duration.ofSeconds(5), 4);
          InstanceHandle<String> flow = hub.client().schedule(FLOW, 10);
          hub.until("it has begun", () -> workers.commits.size() > 3);
          hub.drive.kill("a");
          Instant killed = hub.drive.now();
          workers.join("b");
          hub.until("b owns all", () -> reads(workers, "b", killed).size() == 4);
          assertThat(hub.since(killed)).isLessThan(Duration.ofSeconds(40));
          assertThat(flow.result(VirtualHub.LONG)).isEqualTo("sum 10");
          assertThat(workers.commits).contains("a", "b");
        });
  }

  /** It comes back when another owns the partition, but cannot have the messages yet. */
  @Test
  @Covers("AZ-45")
  void whatAWorkerFetchedOfAPartitionThatItLostIsNotRunAndComesAgain() {
    run(
        (hub, workers) -> {
          workers.join("a", "PT3M");
          workers.assertShares(Duration.ofSeconds(5), 4);
          workers.freezes = "a";
          InstanceHandle<String> flow = hub.client().schedule(FLOW, 1);
          hub.until("a has fetched it", () -> workers.freezes == null);
          Instant fetched = hub.drive.now();
          workers.join("b", "PT3M");
          hub.until("b owns all", () -> reads(workers, "b", fetched).size() == 4);
          assertThat(hub.since(fetched)).as("a still sleeps").isLessThan(Duration.ofSeconds(90));
          assertThat(flow.result(VirtualHub.LONG)).isEqualTo("sum 1");
          assertThat(hub.since(fetched)).isGreaterThan(Duration.ofSeconds(80));
          hub.drive.sleep(Duration.ofMinutes(5));
          assertThat(workers.ran).as("who ran it: %s", workers.commits).containsOnly("b");
          assertThat(hub.waiting()).containsOnly(0L);
        });
  }
}
