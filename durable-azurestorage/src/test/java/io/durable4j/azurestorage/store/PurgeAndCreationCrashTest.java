package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A purge or a creation fails or is overtaken at each of its points. */
class PurgeAndCreationCrashTest {
  private static final InstanceId ID = new InstanceId("i");

  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  /** What happened. */
  private record Ran<T>(@Nullable T result, boolean reached) {}

  private static <T> Ran<T> run(World w, int at, Runnable what, Supplier<T> call) {
    int[] points = {0};
    w.points(
        c -> {
          if (++points[0] == at) {
            what.run();
          }
        });
    T result = null;
    try {
      result = call.get();
    } catch (Death | StorageException e) {
      // the outcome is unknown
    } finally {
      w.points(Points.NONE);
    }
    return new Ran<>(result, points[0] >= at);
  }

  private static void die() {
    throw new Death();
  }

  /** An instance that has ended. */
  private static InstanceState ended(World w, int events) {
    return ended(w, events, OrchestrationStatus.COMPLETED);
  }

  private static InstanceState ended(World w, int events, OrchestrationStatus how) {
    TaskHub worker = w.worker();
    InstanceState s = w.state("i", World.FIRST, OrchestrationStatus.PENDING, World.LARGE);
    worker.instances().create(w.creation(s), ReusePolicy.never());
    Stored seen = World.load(worker, "i");
    InstanceState next = s.with(Progress.of(how, w.clock.instant()));
    TurnCommit c = w.commit(seen, new Append(w.whole(next, "past", events)), next);
    assertThat(worker.instances().commit(c)).isInstanceOf(Committed.class);
    return next;
  }

  private static NewInstance other(World w) {
    return w.creation(w.state("i", World.OTHER, OrchestrationStatus.PENDING, World.LARGE));
  }

  @ParameterizedTest
  @CsvSource({"3, COMPLETED", "3, FAILED", "250, COMPLETED"})
  @Covers("AZ-35")
  void aPurgeThatDiedIsBroughtToItsEnd(int events, OrchestrationStatus how) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      InstanceState seen = ended(w, events, how);
      TaskHub worker = w.worker();
      reached =
          run(w, at, PurgeAndCreationCrashTest::die, () -> worker.instances().purge(seen))
              .reached();
      assertThat(w.worker().queries().get(ID).isPresent())
          .as("it can be found at point %d as long as anything is left", at)
          .isEqualTo(!w.rows().isEmpty() || !shown(w).isEmpty());
      Stored now = World.load(w.worker(), "i");
      if (now.state() != null) {
        assertThat(now.state()).isEqualTo(seen);
        assertThat(now.history()).hasSize(events);
      }
      TaskHub heir = w.worker();
      boolean more = heir.instances().purge(seen);
      assertThat(more || now.state() == null).as("point " + at).isTrue();
      assertThat(w.rows()).as("point " + at).isEmpty();
      assertThat(shown(w)).as("point " + at).isEmpty();
      assertThat(blobs(w)).as("point " + at).isEmpty();
      assertThat(heir.instances().purge(seen)).isFalse();
      w.goOn(heir, "i");
      w.assertAgreed(heir, "i");
    }
  }

  @Test
  void aPurgeOfManyRowsTakesFewTransactions() {
    World w = new World();
    InstanceState seen = ended(w, 250);
    List<String> writes = new ArrayList<>();
    w.points(
        c -> {
          if (c.equals("tables.write!")) {
            writes.add(c);
          }
        });
    assertThat(w.worker().instances().purge(seen)).isTrue();
    // its fence, its mark in the row, 99 rows and the sentinel thrice, the row
    assertThat(writes).hasSize(6);
    assertThat(w.rows()).isEmpty();
  }

  @Test
  void aPurgeSkipsWhatIsMissing() {
    World w = new World();
    InstanceState seen = ended(w, 250);
    int[] finds = {0};
    w.points(
        c -> {
          if (c.equals("tables.find!") && ++finds[0] == 1) {
            for (Row row : w.rows().subList(3, 150)) {
              var gone = new Tables.Write.Delete(row, Tables.ANY);
              w.account.tables().write("TestHubHistory", List.of(gone));
            }
          }
        });
    assertThat(w.worker().instances().purge(seen)).isTrue();
    w.points(Points.NONE);
    assertThat(finds[0]).as("looks at the rows").isGreaterThan(1);
    assertThat(w.rows()).isEmpty();
    assertThat(shown(w)).isEmpty();
  }

  private static List<Tables.Found> shown(World w) {
    return w.account.tables().find("TestHubInstances", all(), null).rows();
  }

  private static Tables.Find all() {
    return new Tables.Find("", List.of(), 1000);
  }

  private static List<String> blobs(World w) {
    Blobs.Page page = w.account.blobs().list("testhub-largemessages", "", null);
    return page.names();
  }

  @Test
  void aPurgedIdThatComesToLifeBesideThePurgeLives() {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      InstanceState seen = ended(w, 120);
      TaskHub worker = w.worker();
      reached =
          run(
                  w,
                  at,
                  () -> {
                    w.points(Points.NONE);
                    w.worker().instances().create(other(w), ReusePolicy.ifFinished());
                  },
                  () -> worker.instances().purge(seen))
              .reached();
      if (reached) {
        assertAlive(w, at);
      }
    }
  }

  private static void assertAlive(World w, int at) {
    TaskHub heir = w.worker();
    InstanceState now = World.load(heir, "i").state();
    assertThat(now).as("point " + at).isNotNull();
    assertThat(now.execution()).as("point " + at).isEqualTo(World.OTHER);
    assertThat(now.start().input()).as("point " + at).isEqualTo(World.LARGE);
    w.goOn(heir, "i");
    w.assertAgreed(heir, "i");
  }

  @Test
  void aTurnThatMakesAPurgedIdAnewBesideThePurgeStays() {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      InstanceState seen = ended(w, 120);
      TaskHub worker = w.worker();
      Stored[] after = new Stored[1];
      reached =
          run(
                  w,
                  at,
                  () -> {
                    w.points(Points.NONE);
                    after[0] = w.goOn(w.worker(), "i");
                  },
                  () -> worker.instances().purge(seen))
              .reached();
      Stored now = World.load(w.worker(), "i");
      if (reached && !after[0].state().execution().equals(World.FIRST)) {
        assertThat(now.state()).as("point " + at).isEqualTo(after[0].state());
        assertThat(now.history()).as("point " + at).isEqualTo(after[0].history());
        w.goOn(w.worker(), "i");
        w.assertAgreed(w.worker(), "i");
      }
    }
  }

  @Test
  void aCommitBasedOnWhatIsPurgedMeanwhileIsStale() {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      InstanceState seen = ended(w, 3);
      TaskHub worker = w.worker();
      Stored stored = World.load(worker, "i");
      TurnCommit c = w.commit(stored, new Append(w.events("late", 2)), seen);
      boolean[] purged = new boolean[1];
      var ran =
          run(
              w,
              at,
              () -> {
                w.points(Points.NONE);
                purged[0] = w.worker().instances().purge(seen);
              },
              () -> worker.instances().commit(c));
      reached = ran.reached();
      if (purged[0]) {
        assertThat(World.load(w.worker(), "i").state()).as("point " + at).isNull();
        assertThat(shown(w)).as("point " + at).isEmpty();
      } else {
        assertThat(ran.result()).isInstanceOf(Committed.class);
      }
    }
  }

  @Test
  void aCreationThatDiedIsRepeated() {
    for (boolean replaces : new boolean[] {false, true}) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        World w = new World();
        InstanceState was = replaces ? ended(w, 120) : null;
        NewInstance n = other(w);
        TaskHub client = w.worker();
        reached =
            run(
                    w,
                    at,
                    PurgeAndCreationCrashTest::die,
                    () -> client.instances().create(n, ReusePolicy.ifFinished()))
                .reached();
        InstanceState now = World.load(w.worker(), "i").state();
        assertThat(now == null ? null : now.execution())
            .as("point " + at)
            .isIn(was == null ? null : was.execution(), World.OTHER);
        assertThat(w.worker().instances().create(n, ReusePolicy.ifFinished()))
            .isInstanceOf(Created.class);
        assertAlive(w, at);
      }
    }
  }

  @Test
  void ofACreationAndABirthOneWins() {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      TaskHub worker = w.worker();
      Stored none = World.load(worker, "i");
      InstanceState born = w.state("i", World.FIRST, OrchestrationStatus.RUNNING, World.LARGE);
      TurnCommit c = w.commit(none, new Append(w.whole(born, "new", 3)), born);
      reached = assertOneWins(w, at, c, ReusePolicy.never());
    }
  }

  @Test
  void ofACreationAndAFurtherAttemptOneWins() {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      InstanceState was = ended(w, 3);
      Stored seen = World.load(w.worker(), "i");
      InstanceState again = was.with(Progress.of(OrchestrationStatus.RUNNING, w.clock.instant()));
      TurnCommit c = w.commit(seen, new Append(w.events("again", 2)), again);
      reached = assertOneWins(w, at, c, ReusePolicy.ifFinished());
    }
  }

  /** The creation comes in the middle of the commit. */
  private static boolean assertOneWins(World w, int at, TurnCommit c, ReusePolicy policy) {
    TaskHub worker = w.worker();
    boolean[] created = new boolean[1];
    var ran =
        run(
            w,
            at,
            () -> {
              w.points(Points.NONE);
              created[0] = w.worker().instances().create(other(w), policy) instanceof Created;
            },
            () -> worker.instances().commit(c));
    if (!ran.reached()) {
      return false;
    }
    assertThat(ran.result())
        .as("point " + at)
        .isInstanceOf(created[0] ? Stale.class : Committed.class);
    InstanceState now = Objects.requireNonNull(World.load(w.worker(), "i").state());
    assertThat(now.execution())
        .as("point " + at)
        .isEqualTo(created[0] ? World.OTHER : c.next().execution());
    assertThat(w.worker().queries().get(ID)).contains(now);
    w.goOn(w.worker(), "i");
    w.assertAgreed(w.worker(), "i");
    return true;
  }

  @Test
  void aBirthInTheMiddleOfACreationIsSeen() {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      TaskHub worker = w.worker();
      Stored none = World.load(worker, "i");
      InstanceState born = w.state("i", World.FIRST, OrchestrationStatus.RUNNING, World.LARGE);
      TurnCommit c = w.commit(none, new Append(w.whole(born, "new", 3)), born);
      boolean[] committed = new boolean[1];
      var ran =
          run(
              w,
              at,
              () -> {
                w.points(Points.NONE);
                committed[0] = worker.instances().commit(c) instanceof Committed;
              },
              () -> w.worker().instances().create(other(w), ReusePolicy.never()));
      reached = ran.reached();
      if (reached) {
        assertThat(ran.result() instanceof Created).as("point " + at).isEqualTo(!committed[0]);
        InstanceState now = Objects.requireNonNull(World.load(w.worker(), "i").state());
        assertThat(now.execution()).isEqualTo(committed[0] ? World.FIRST : World.OTHER);
      }
    }
  }
}
