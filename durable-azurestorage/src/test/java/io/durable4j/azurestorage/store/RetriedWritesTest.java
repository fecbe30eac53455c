package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client of the services makes a write again that took effect: its rival was itself. */
class RetriedWritesTest {
  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  private static TaskHub retrying(World w, int at, int[] writes) {
    return retrying(w, at, writes, () -> {});
  }

  private static TaskHub retrying(World w, int at, int[] writes, Runnable meanwhile) {
    return TestStore.on(new RetryingAccount(w.account, at, writes, meanwhile), null, w.random)
        .open(World.SPEC, Rig.wakeUps(new ArrayList<>()));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void noCommitIsItsOwnRival(Scenario scenario) {
    int[] writes = {Integer.MAX_VALUE};
    for (int at = 1; at <= writes[0]; at++) {
      World w = new World();
      scenario.prepare().apply(w);
      writes = new int[1];
      TaskHub worker = retrying(w, at, writes);
      Stored seen = World.load(worker, "i");
      TurnCommit c = scenario.turn().of(w, seen);
      assertThat(worker.instances().commit(c)).as("write " + at).isInstanceOf(Committed.class);
      assertThat(World.load(w.worker(), "i").lastCommit()).isEqualTo(c.id());
      w.assertQueried(w.worker(), "i");
      w.goOn(worker, "i");
      w.assertAgreed(worker, "i");
    }
  }

  /** By the time of the retry another took over and built on it: what was sent is needed. */
  @Test
  void whatACommitSentStaysThoughItsAnswerCameTooLate() {
    int needed = 0;
    for (Scenario scenario : Scenario.all()) {
      int[] writes = {Integer.MAX_VALUE};
      for (int at = 1; at <= writes[0]; at++) {
        World w = new World();
        scenario.prepare().apply(w);
        writes = new int[1];
        TaskHub worker = retrying(w, at, writes, () -> w.goOn(w.worker(), "i"));
        TurnCommit c = scenario.turn().of(w, World.load(worker, "i"));
        List<MessageId> sent = c.outbound().stream().map(o -> o.message().id()).toList();
        assertThat(catchThrowable(() -> worker.instances().commit(c)))
            .satisfiesAnyOf(
                none -> assertThat(none).isNull(),
                late -> assertThat(late).isInstanceOf(StorageException.class));
        w.clock.advance(Duration.ofSeconds(31)); // past the lease of what was claimed
        boolean tookEffect =
            World.load(w.worker(), "i").history().containsAll(c.history().events());
        if (tookEffect && !sent.isEmpty()) {
          needed++;
          assertThat(w.activities()).as("%s, write %s", scenario, at).containsAll(sent);
        }
      }
    }
    assertThat(needed).isGreaterThan(5);
  }

  @Test
  void noCreationAndNoPurgeIsItsOwnRival() {
    int[] writes = {Integer.MAX_VALUE};
    for (int at = 1; at <= writes[0]; at++) {
      World w = new World();
      writes = new int[1];
      TaskHub worker = retrying(w, at, writes);
      NewInstance n =
          w.creation(w.state("i", World.FIRST, OrchestrationStatus.PENDING, World.LARGE));
      assertThat(worker.instances().create(n, ReusePolicy.never())).isInstanceOf(Created.class);
      Stored seen = World.load(worker, "i");
      InstanceState next =
          n.state().with(Progress.of(OrchestrationStatus.COMPLETED, w.clock.instant()));
      TurnCommit c = w.commit(seen, new Append(w.whole(next, "past", 120)), next);
      assertThat(worker.instances().commit(c)).isInstanceOf(Committed.class);
      assertThat(worker.instances().purge(next)).as("write " + at).isTrue();
      assertThat(w.rows()).isEmpty();
      assertThat(World.load(w.worker(), "i").state()).isNull();
      assertThat(w.worker().queries().get(next.id())).isEmpty();
    }
  }
}
