package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.data.Payload;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Consumed messages are deleted while their instance goes on. */
class DeletionsTest {
  private final World w = new World();
  private final Queue<Runnable> aside = new ArrayDeque<>();
  private final TaskHub worker = worker(aside::add);
  private final List<String> calls = new ArrayList<>();

  private TaskHub worker(Executor helpers) {
    Fanout fanout = new Fanout(helpers, Runnable::run);
    return new StoreBackend(w.account, null, StoreOptions.DEFAULT, w.random, fanout)
        .open(World.SPEC, Rig.wakeUps(new ArrayList<>()));
  }

  private void work() {
    while (!aside.isEmpty()) {
      aside.remove().run();
    }
  }

  private Stored created() {
    InstanceState s = w.state("i", World.FIRST, OrchestrationStatus.PENDING, new Payload("[7]"));
    worker.instances().create(w.creation(s), ReusePolicy.never());
    return World.load(worker, "i");
  }

  /** A turn that consumes what came. */
  private TurnCommit turn(Stored seen, String name) {
    InstanceState was = Objects.requireNonNull(seen.state());
    InstanceState next = was.with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
    boolean first = seen.history().isEmpty();
    return w.commit(seen, new Append(first ? w.whole(next, name, 2) : w.events(name, 2)), next);
  }

  private Committed committed(TaskHub by, TurnCommit c) {
    CommitOutcome outcome = by.instances().commit(c);
    assertThat(outcome).isInstanceOf(Committed.class);
    return (Committed) outcome;
  }

  private static MessageId consumed(TurnCommit c) {
    assertThat(c.consumed()).hasSize(1);
    return c.consumed().get(0).message().id();
  }

  /** What the stored history says may come again. */
  private List<MessageId> stored() {
    Row sentinel = w.rows().stream().filter(Sentinel::is).findFirst().orElseThrow();
    Sentinel.Ours ours = Sentinel.read(sentinel, blob -> "").ours();
    return Objects.requireNonNull(ours).mayReturn();
  }

  private void count() {
    w.points(
        call -> {
          if (call.equals("queues.delete!")) {
            calls.add(call);
          }
        });
  }

  @Test
  void aCommitDoesNotWaitForDeletions() {
    TurnCommit c = turn(created(), "first");
    count();
    Committed done = committed(worker, c);
    assertThat(calls).isEmpty();
    assertThat(done.mayReturn()).containsExactly(consumed(c));
    worker.messages().delete(c.consumed());
    assertThat(calls).as("deleted by who was asked first").isEmpty();
    work();
    assertThat(calls).hasSize(1);
  }

  @Test
  void whatIsDeletedIsNotExpectedAgain() {
    TurnCommit first = turn(created(), "first");
    committed(worker, first);
    assertThat(stored()).containsExactly(consumed(first));
    TurnCommit second = turn(World.load(worker, "i"), "second");
    committed(worker, second);
    assertThat(stored()).as("the first is not deleted yet").containsExactly(consumed(first));
    work();
    committed(worker, turn(World.load(worker, "i"), "third"));
    assertThat(stored()).isEmpty();
  }

  @Test
  void whatIsNotDeletedIsExpectedAgain() {
    TurnCommit first = turn(created(), "first");
    committed(worker, first);
    w.points(
        call -> {
          if (call.equals("queues.delete")) {
            Failing.now().run();
          }
        });
    work();
    count();
    TurnCommit second = turn(World.load(worker, "i"), "second");
    committed(worker, second);
    assertThat(stored()).containsExactly(consumed(first));
    worker.messages().delete(first.consumed());
    assertThat(calls).as("nobody is at it any more").hasSize(1);
  }

  @Test
  void anotherCopyOfTheMessageIsAnotherMatter() {
    TurnCommit c = turn(created(), "first");
    Delivery held = c.consumed().get(0);
    Outbound again = new Outbound(held.message(), held.from(), w.clock.instant(), true);
    Delivery copy = worker.messages().send(List.of(again), Duration.ofMinutes(1)).get(0);
    committed(worker, c);
    count();
    worker.messages().delete(List.of(copy));
    assertThat(calls).as("the copy is deleted, whatever goes on with the other").hasSize(1);
    work();
    assertThat(calls).hasSize(2);
  }

  @Test
  void whereNobodyHelpsTheCommitDeletes() {
    TurnCommit c = turn(created(), "first");
    TaskHub alone =
        worker(
            work -> {
              throw new RejectedExecutionException();
            });
    count();
    Committed done = committed(alone, c);
    assertThat(calls).hasSize(1);
    assertThat(done.mayReturn()).isEmpty();
  }

  @Test
  void theBlobOfALargeMessageGoesAfterIt() {
    InstanceState s = w.state("i", World.FIRST, OrchestrationStatus.PENDING, World.LARGE);
    worker.instances().create(w.creation(s), ReusePolicy.never());
    TurnCommit c = turn(World.load(worker, "i"), "first");
    count();
    Committed done = committed(worker, c);
    assertThat(calls).hasSize(1);
    assertThat(done.mayReturn()).isEmpty();
    assertThat(aside).isEmpty();
  }
}
