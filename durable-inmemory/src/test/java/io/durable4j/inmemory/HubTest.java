package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.BackendClosedException;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import io.durable4j.spi.WorkerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a hub, its partition table and its hints. */
final class HubTest {
  private final InMemoryBackend backend = InMemoryBackend.create(new TestClock());

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HubException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void aHubIsCreatedOnceAndOpenedAsItIs() {
    assertReason(Reason.MISSING, () -> backend.open(TestHub.SPEC, TestHub.DEAF));
    assertThat(backend.create(TestHub.SPEC)).isEqualTo(TestHub.SPEC);
    HubSpec other = new HubSpec("TestHub", 4);
    assertThat(backend.create(other)).isEqualTo(TestHub.SPEC);
    assertThatThrownBy(() -> backend.open(other, TestHub.DEAF))
        .hasMessageContaining("2 partitions")
        .hasMessageContaining("4 partitions");
    assertReason(Reason.MISMATCH, () -> backend.open(other, TestHub.DEAF));
    assertReason(Reason.MISMATCH, () -> backend.open(new HubSpec("Another", 2), TestHub.DEAF));
  }

  @Test
  void aDeletedHubIsGoneForThoseWhoHaveItOpen() {
    TestHub hub = TestHub.of(backend);
    hub.create("a", "e1");
    backend.delete();
    backend.delete();
    assertReason(Reason.GONE, () -> hub.get("a"));
    assertReason(Reason.MISSING, () -> backend.open(TestHub.SPEC, TestHub.DEAF));
    TestHub anew = TestHub.of(backend);
    assertThat(anew.get("a")).isEmpty();
    assertReason(Reason.GONE, () -> hub.get("a"));
  }

  @Test
  void aClosedBackendRefusesEverything() {
    TestHub hub = TestHub.of(backend);
    backend.close();
    backend.close();
    assertThatThrownBy(() -> hub.get("a")).isInstanceOf(BackendClosedException.class);
    assertThatThrownBy(() -> backend.create(TestHub.SPEC))
        .isInstanceOf(BackendClosedException.class);
  }

  private static Hub fresh() {
    Hub hub = new Hub(Settings.of(new TestClock()), new HubState(), new Log.None());
    hub.create(TestHub.SPEC);
    return hub;
  }

  /** As when there is no memory for an entry of a table. */
  @Test
  void afterACallThatEndedHalfwayEverythingFails() {
    Hub hub = fresh();
    long opened = hub.open(TestHub.SPEC);
    OutOfMemoryError none = new OutOfMemoryError("told by the test");
    assertThatThrownBy(
            () ->
                hub.transact(
                    opened,
                    tx -> {
                      tx.then(
                          () -> {
                            throw none;
                          });
                      return true;
                    }))
        .isSameAs(none);
    assertThatThrownBy(() -> hub.transact(opened, tx -> true))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("told by the test")
        .hasMessageContaining("open it again")
        .hasCause(none);
    hub.close();
  }

  @Test
  void aCallThatIsRefusedChangesNothing() {
    Hub hub = fresh();
    long opened = hub.open(TestHub.SPEC);
    assertThatThrownBy(
            () ->
                hub.transact(
                    opened,
                    tx -> {
                      tx.change(new Change.DeleteHub());
                      throw new IllegalArgumentException("told by the test");
                    }))
        .hasMessage("told by the test");
    assertThat(hub.open(TestHub.SPEC)).isEqualTo(opened);
    hub.close();
  }

  @Test
  void aRowIsReplacedOnlyAsItWasSeen() {
    backend.create(TestHub.SPEC);
    PartitionTable table = backend.open(TestHub.SPEC, TestHub.DEAF).partitions();
    assertThat(table.read().now()).isEqualTo(TestClock.START);
    assertThat(table.read().rows()).hasSize(2);
    PartitionRow free = table.read().rows().get(1);
    assertThat(free.owner()).isNull();
    assertThat(free.expiresAt()).isEqualTo(Instant.EPOCH);
    assertThat(free.epoch()).isZero();
    WorkerId w = new WorkerId("w");
    PartitionRow next = new PartitionRow(1, w, null, false, TestClock.START, 1, free.version());
    PartitionRow stored = table.replace(next, free.version()).orElseThrow();
    assertThat(stored.version()).isNotEqualTo(free.version());
    assertThat(table.read().rows().get(1)).isEqualTo(stored);
    assertThat(table.replace(next, free.version())).isEmpty();
  }

  @Test
  void anEpochIsNotUsedAgainAfterADeletion() {
    TestHub.of(backend);
    backend.delete();
    backend.create(TestHub.SPEC);
    var rows = backend.open(TestHub.SPEC, TestHub.DEAF).partitions().read().rows();
    assertThat(rows).allMatch(r -> r.owner() == null && r.epoch() == 1);
  }

  @Test
  void everyOpenHubGetsHintsUntilItCloses() {
    TestHub hub = TestHub.of(backend);
    Ears one = new Ears();
    Ears two = new Ears();
    TaskHub first = backend.open(TestHub.SPEC, one);
    backend.open(TestHub.SPEC, two);
    hub.create("a", "e1");
    assertThat(one.heard).containsExactly(Samples.control("a"), "a PENDING");
    assertThat(two.heard).isEqualTo(one.heard);
    first.close();
    two.heard.clear();
    hub.commit(
        "a",
        RUNNING,
        List.of(),
        List.of(
            Samples.activity("a", "X", "1", false),
            Samples.event("a", "timer", TestClock.START.plusSeconds(60))),
        hub.receive("a"));
    assertThat(two.heard).containsExactly(QueueId.activity(0), Samples.control("a"), "a RUNNING");
    two.heard.clear();
    hub.messages().release(hub.activities(null), Duration.ofSeconds(1));
    assertThat(two.heard).containsExactly(QueueId.activity(0));
    assertThat(one.heard).hasSize(2);
  }

  @Test
  void aListenerThatThrowsUndoesNothing() {
    TestHub hub = TestHub.of(backend);
    backend.open(
        TestHub.SPEC,
        new WakeUps() {
          @Override
          public void ready(QueueId queue) {
            throw new IllegalStateException("a listener's bug");
          }

          @Override
          public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
        });
    assertThatCode(() -> hub.create("a", "e1")).doesNotThrowAnyException();
  }

  @Test
  void aJournalKeepsTheHubAndFreesItsPartitions(@TempDir Path directory) {
    InMemoryBackend first = InMemoryBackend.journaled(directory, new TestClock());
    TestHub hub = TestHub.of(first);
    hub.create("a", "e1");
    assertThat(hub.receive("a").get(0).attempt()).isEqualTo(1);
    first.close();
    InMemoryBackend second = InMemoryBackend.journaled(directory, new TestClock());
    TaskHub opened = second.open(TestHub.SPEC, TestHub.DEAF);
    assertThat(opened.partitions().read().rows()).allMatch(r -> r.owner() == null);
    assertThat(new TestHub(opened).receive("a").get(0).attempt())
        .as("deliveries are counted over restarts")
        .isEqualTo(2);
    second.delete();
    second.close();
    InMemoryBackend third = InMemoryBackend.journaled(directory, new TestClock());
    assertReason(Reason.MISSING, () -> third.open(TestHub.SPEC, TestHub.DEAF));
    third.close();
  }

  private static final class Ears implements WakeUps {
    private final List<Object> heard = new ArrayList<>();

    @Override
    public void ready(QueueId queue) {
      heard.add(queue);
    }

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
      heard.add(instance + " " + status);
    }
  }
}
