package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.WakeUps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When calls return, what reads show before that, and what a full or broken disk does. */
@Timeout(60)
final class JournalFlushTest {
  private static final int WRITERS = 20;

  @TempDir Path directory;

  private final TestFiles files = new TestFiles(true);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
  private InMemoryBackend backend;
  private TestHub hub;

  @BeforeEach
  void open() {
    backend = InMemoryBackend.journaled(directory, Settings.of(new TestClock()), files);
    hub = TestHub.of(backend);
  }

  @AfterEach
  void close() {
    files.letWritesEnd();
    files.letForcesEnd();
    backend.close();
    threads.shutdownNow();
    assertThat(thrown).as("what threads of the test threw").isEmpty();
  }

  @Test
  void commitsThatWaitTogetherShareAFlush() throws Exception {
    for (int i = 0; i < WRITERS; i++) {
      hub.create("i" + i, "e1");
    }
    List<Delivery> starts = new ArrayList<>(hub.receive("i0"));
    hub.messages().delete(starts);
    int before = files.forces();
    files.holdForces();
    CountDownLatch appended = files.expectRecords(WRITERS);
    List<Future<?>> commits = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      var turn =
          hub.turn(
              Samples.state("i" + i, "e1", RUNNING),
              hub.version("i" + i),
              new HistoryChange.Append(List.of(Samples.recorded("x"))),
              List.of(),
              List.of());
      commits.add(
          threads.submit(
              () -> assertThat(hub.instances().commit(turn)).isInstanceOf(Committed.class)));
    }
    appended.await();
    assertThat(commits).as("none returns before the flush").noneMatch(Future::isDone);
    files.letForcesEnd();
    for (Future<?> c : commits) {
      c.get();
    }
    assertThat(files.forces() - before).as("flushes of %d commits", WRITERS).isBetween(1, 2);
  }

  @Test
  void flushesAreCountedAndMemoryHasNone() {
    long flushes = backend.flushes();
    int forces = files.forces();
    for (int i = 0; i < 3; i++) {
      hub.create("i" + i, "e1");
    }
    hub.get("i0");
    assertThat(backend.flushes() - flushes).isEqualTo(3).isEqualTo(files.forces() - forces);
    try (InMemoryBackend memory = InMemoryBackend.create()) {
      TestHub.of(memory).create("i", "e1");
      assertThat(memory.flushes()).isZero();
    }
  }

  @Test
  void nothingReturnsOrShowsOrWakesBeforeTheFlush() throws Exception {
    AtomicInteger hints = new AtomicInteger();
    backend.open(
        TestHub.SPEC,
        new WakeUps() {
          @Override
          public void ready(QueueId queue) {
            hints.incrementAndGet();
          }

          @Override
          public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
            hints.incrementAndGet();
          }
        });
    hub.create("durable", "e1");
    hints.set(0);
    files.holdForces();
    CountDownLatch begun = files.expectForces(1);
    Thread writer = start(() -> hub.create("fresh", "e1"));
    begun.await();
    Thread get = start(() -> hub.get("fresh"));
    Thread load = start(() -> hub.version("fresh"));
    Thread receive = start(() -> hub.receive("fresh"));
    Thread find = start(() -> hub.queries().find(InstanceFilter.ALL, null, 9));
    Thread again = start(() -> hub.create("fresh", "e1"));
    for (Thread t : List.of(writer, get, load, receive, find, again)) {
      assertThat(TestThreads.blocks(t)).isTrue();
    }
    assertThat(hub.get("durable")).as("what is durable is read at once").isPresent();
    assertThat(hints).as("no hint before the flush").hasValue(0);
    files.letForcesEnd();
    for (Thread t : List.of(writer, get, load, receive, find, again)) {
      t.join();
    }
    assertThat(hints).hasValueGreaterThan(1);
  }

  @Test
  void aRemovalIsNotShownBeforeTheFlush() throws Exception {
    hub.create("gone", "e1");
    hub.commit("gone", COMPLETED, List.of(), List.of(), hub.receive("gone"));
    var state = hub.get("gone").orElseThrow();
    files.holdForces();
    CountDownLatch begun = files.expectForces(1);
    Thread purge = start(() -> hub.instances().purge(state));
    begun.await();
    Thread get = start(() -> assertThat(hub.get("gone")).isEmpty());
    assertThat(TestThreads.blocks(purge)).isTrue();
    assertThat(TestThreads.blocks(get)).isTrue();
    files.letForcesEnd();
    purge.join();
    get.join();
  }

  /** Who sends again because the first answer is late must not be told sooner. */
  @Test
  void whatWasSentBeforeIsNotAcknowledgedBeforeItsFlush() throws Exception {
    hub.create("a", "e1");
    List<Outbound> message = List.of(Samples.event("a", "x"));
    files.holdForces();
    CountDownLatch begun = files.expectForces(1);
    Thread first = start(() -> hub.messages().send(message, TestHub.LEASE));
    begun.await();
    Thread again = start(() -> hub.messages().send(message, TestHub.LEASE));
    assertThat(TestThreads.blocks(first)).isTrue();
    assertThat(TestThreads.blocks(again)).isTrue();
    files.letForcesEnd();
    first.join();
    again.join();
    assertThat(hub.receive("a")).as("the start, and the event once").hasSize(2);
  }

  @Test
  void aHubIsNotSaidToBeGoneBeforeTheFlush() throws Exception {
    hub.create("a", "e1");
    files.holdForces();
    CountDownLatch begun = files.expectForces(1);
    Thread delete = start(backend::delete);
    begun.await();
    List<Thread> others =
        List.of(
            start(backend::delete),
            start(() -> assertReason(Reason.GONE, () -> hub.get("a"))),
            start(
                () ->
                    assertReason(Reason.MISSING, () -> backend.open(TestHub.SPEC, TestHub.DEAF))));
    assertThat(TestThreads.blocks(delete)).isTrue();
    for (Thread t : others) {
      assertThat(TestThreads.blocks(t)).isTrue();
    }
    files.letForcesEnd();
    delete.join();
    for (Thread t : others) {
      t.join();
    }
  }

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HubException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void anInterruptBreaksNothing() throws Exception {
    Future<?> interrupted =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              hub.create("a", "e1");
              assertThat(Thread.interrupted()).isTrue();
            });
    interrupted.get(30, TimeUnit.SECONDS);
    assertThat(hub.create("b", "e1")).isTrue();
  }

  @Test
  void aFullDiskChangesNothingAndHeals() throws Exception {
    hub.create("a", "e1");
    List<Delivery> start = hub.receive("a");
    Path segment = new Layout(directory).segment(1);
    var turn =
        hub.turn(
            Samples.state("a", "e1", RUNNING),
            hub.version("a"),
            new HistoryChange.Append(List.of(Samples.recorded("x"))),
            List.of(Samples.activity("a", "Charge", "1", true)),
            start);
    long size = Files.size(segment);
    for (int space : new int[] {0, 1, 15, 100}) {
      files.space(space);
      assertThatThrownBy(() -> hub.instances().commit(turn))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("disk full");
      assertThat(Files.size(segment)).isEqualTo(size);
      assertThat(hub.version("a")).isEqualTo(turn.basedOn());
      assertThat(hub.activities(null)).isEmpty();
    }
    files.space(Long.MAX_VALUE);
    assertThat(hub.instances().commit(turn)).isInstanceOf(Committed.class);
    backend.close();
    open();
    assertThat(hub.get("a").orElseThrow().status()).isEqualTo(RUNNING);
    assertThat(hub.activities(null)).hasSize(1);
    assertThat(hub.receive("a")).as("the consumed start message").isEmpty();
  }

  @Test
  void afterAFailedFlushEverythingFailsUntilItIsOpenedAgain() {
    hub.create("a", "e1");
    files.failForces(true);
    assertThatThrownBy(() -> hub.create("b", "e1")).isInstanceOf(StorageException.class);
    files.failForces(false);
    assertThatThrownBy(() -> hub.create("c", "e1"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("open it again");
    assertThatThrownBy(() -> hub.get("a")).isInstanceOf(StorageException.class);
    backend.close();
    open();
    assertThat(hub.get("a")).isPresent();
    assertThat(hub.create("c", "e1")).isTrue();
  }

  @Test
  void afterAFailedWriteEverythingFailsUntilItIsOpenedAgain() {
    hub.create("a", "e1");
    files.failWrites(true);
    assertThatThrownBy(() -> hub.create("b", "e1"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Input/output error");
    files.failWrites(false);
    assertThatThrownBy(() -> hub.create("c", "e1"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("open it again");
    assertThatThrownBy(() -> hub.get("a")).isInstanceOf(StorageException.class);
    backend.close();
    open();
    assertThat(hub.get("a")).isPresent();
    assertThat(hub.get("b")).as("half of it is in the file").isEmpty();
    assertThat(hub.create("c", "e1")).isTrue();
  }

  @Test
  void aWriteThatHangsKeepsNobodyElse() throws Exception {
    hub.create("durable", "e1");
    files.holdWrites();
    CountDownLatch begun = files.expectWrites(1);
    Future<?> first = threads.submit(() -> hub.create("a", "e1"));
    begun.await();
    CountDownLatch appended = files.expectRecords(2);
    Future<?> second = threads.submit(() -> hub.create("b", "e1"));
    Future<?> third = threads.submit(() -> hub.create("c", "e1"));
    appended.await();
    assertThat(hub.get("durable")).isPresent();
    files.letWritesEnd();
    for (Future<?> f : List.of(first, second, third)) {
      f.get();
    }
  }

  /** An activity that kills the process must be counted; it waits for no disk, though. */
  @Test
  void aDeliveryIsInTheFileBeforeItIsHandedOut() throws Exception {
    hub.create("a", "e1");
    hub.commit(
        "a",
        RUNNING,
        List.of(),
        List.of(Samples.activity("a", "Charge", "1", false)),
        hub.receive("a"));
    files.holdForces();
    assertThat(hub.activities(null)).hasSize(1);
    Path copy = Files.createDirectory(directory.resolve("copy"));
    Path segment = new Layout(directory).segment(1);
    Files.copy(segment, new Layout(copy).segment(1));
    try (InMemoryBackend killed =
        InMemoryBackend.journaled(copy, Settings.of(new TestClock()), new TestFiles(false))) {
      assertThat(TestHub.of(killed).activities(null))
          .singleElement()
          .satisfies(d -> assertThat(d.attempt()).isEqualTo(2));
    }
  }

  private Thread start(Runnable body) {
    Thread t = new Thread(body);
    t.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
    t.start();
    return t;
  }
}
