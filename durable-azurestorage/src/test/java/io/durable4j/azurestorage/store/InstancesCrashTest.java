package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.Covers;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A commit fails, dies or is overtaken at each of its points. */
class InstancesCrashTest {
  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  /** One run, in which something happens at one point; tells whether the point was reached. */
  private static final class Run {
    final World world = new World();
    final Stored before;
    final TurnCommit commit;
    final TaskHub worker = world.worker();
    @Nullable CommitOutcome outcome;
    int points;

    Run(Scenario scenario) {
      scenario.prepare().apply(world);
      before = World.load(worker, "i");
      commit = scenario.turn().of(world, before);
    }

    void run(int at, Consumer<String> what) {
      world.points(
          call -> {
            if (++points == at) {
              what.accept(call);
            }
          });
      try {
        outcome = worker.instances().commit(commit);
      } catch (StorageException | Death e) {
        outcome = null;
      } finally {
        world.points(io.durable4j.azurestorage.fake.FakeAccount.Points.NONE);
      }
    }

    /** Whether it came so far. */
    boolean dies(int at) {
      run(
          at,
          call -> {
            throw new Death();
          });
      return points >= at;
    }

    List<HistoryEvent> after() {
      List<HistoryEvent> all = new ArrayList<>();
      if (commit.history() instanceof Append) {
        all.addAll(before.history());
      }
      all.addAll(commit.history().events());
      return all;
    }

    /** As a whole, or not at all. */
    boolean assertWhole(Stored now, String where) {
      boolean there = commit.id().equals(now.lastCommit());
      assertThat(now.history()).as(where).isEqualTo(there ? after() : before.history());
      assertThat(now.state()).as(where).isEqualTo(there ? commit.next() : before.state());
      assertThat(there || !(outcome instanceof Committed)).as("%s committed", where).isTrue();
      return there;
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @Covers({"AZ-12", "AZ-42"})
  void aCrashLeavesTheFormerOrTheNewWhole(Scenario scenario) {
    boolean reached = true;
    boolean former = false;
    boolean next = false;
    for (int at = 1; reached; at++) {
      Run run = new Run(scenario);
      String[] where = {"nowhere"};
      run.run(
          at,
          call -> {
            where[0] = call;
            throw new Death();
          });
      reached = run.points >= at;
      String place = "point " + at + " " + where[0];
      TaskHub heir = run.world.worker();
      boolean there = run.assertWhole(World.load(heir, "i"), place);
      former |= !there;
      next |= there;
      run.world.assertQueried(heir, "i");
      run.world.goOn(heir, "i");
      run.world.assertAgreed(heir, "i");
    }
    assertThat(former).isTrue();
    assertThat(next).isTrue();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @Covers("AZ-54")
  void whoReadsOneInstanceAfterACrashGetsWhatIsStored(Scenario scenario) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      String place = "point " + at;
      Run run = new Run(scenario);
      reached = run.dies(at);
      InstanceId id = new InstanceId("i");
      Optional<InstanceState> glanced = run.world.worker().queries().glance(id);
      Optional<InstanceState> read = run.world.worker().queries().get(id);
      Optional<InstanceState> stored =
          Optional.ofNullable(World.load(run.world.worker(), "i").state());
      assertThat(withoutTime(read)).as(place).isEqualTo(withoutTime(stored));
      assertThat(glanced.isPresent()).as(place).isEqualTo(stored.isPresent());
      if (glanced.stream().anyMatch(s -> s.status().isTerminal())) {
        assertThat(withoutTime(glanced)).as(place).isEqualTo(withoutTime(stored));
      }
    }
  }

  /** Else what it asked to keep for it would be given to others, and its turn may still commit. */
  @ParameterizedTest
  @MethodSource("scenarios")
  @Covers("AZ-55")
  void anInstanceWhoseMessagesAreOutIsNotGone(Scenario scenario) {
    boolean reached = true;
    boolean seenOut = false;
    for (int at = 1; reached; at++) {
      Run run = new Run(scenario);
      reached = run.dies(at);
      String place = "point " + at;
      TaskHub heir = run.world.worker();
      boolean gone = heir.queries().isGone(new InstanceId("i"));
      Stored now = World.load(heir, "i");
      boolean committed = run.commit.id().equals(now.lastCommit());
      run.world.clock.advance(Duration.ofSeconds(31)); // the sender has them for so long
      MessageId sent = run.commit.outbound().get(0).message().id();
      boolean out = run.world.activities().contains(sent);
      if (out || committed || at == 1) {
        assertThat(gone).as(place).isEqualTo(!lives(now) && (committed || !out));
      }
      seenOut |= out && !committed;
    }
    assertThat(seenOut).isTrue();
  }

  private static boolean lives(Stored s) {
    return s.state() != null && !s.state().status().isTerminal();
  }

  /** The time of change may lie behind, by as much as the user says. */
  private static Optional<InstanceState> withoutTime(Optional<InstanceState> state) {
    return state.map(
        s -> {
          Progress p = s.progress();
          return s.with(
              new Progress(
                  p.status(),
                  Instant.EPOCH,
                  p.completedAt(),
                  p.output(),
                  p.failure(),
                  p.customStatus(),
                  p.awaitedEvents(),
                  p.parked()));
        });
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whoeverGotAnExceptionGoesOn(Scenario scenario) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      Run run = new Run(scenario);
      run.run(
          at,
          call -> {
            throw new StorageException("no answer", null);
          });
      reached = run.points >= at;
      if (run.outcome == null) {
        run.assertWhole(World.load(run.worker, "i"), "point " + at);
      } else {
        assertThat(run.outcome).as("point " + at).isInstanceOf(Committed.class);
      }
      run.world.goOn(run.worker, "i");
      run.world.assertAgreed(run.worker, "i");
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @Covers("AZ-40")
  void whoeverIsOvertakenHasNoEffectAfterwards(Scenario scenario) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      Run run = new Run(scenario);
      Stored[] rivals = new Stored[1];
      run.run(
          at,
          call -> {
            run.world.points(io.durable4j.azurestorage.fake.FakeAccount.Points.NONE);
            rivals[0] = run.world.goOn(run.world.worker(), "i");
          });
      reached = rivals[0] != null;
      if (!reached) {
        break;
      }
      String place = "point " + at;
      TaskHub heir = run.world.worker();
      assertThat(heir.queries().get(new InstanceId("i")))
          .as(place)
          .isEqualTo(Optional.ofNullable(rivals[0].state()));
      Stored now = World.load(heir, "i");
      assertThat(now.history()).as(place).isEqualTo(rivals[0].history());
      assertThat(now.state()).as(place).isEqualTo(rivals[0].state());
      boolean was = now.history().containsAll(run.commit.history().events());
      assertThat(run.outcome instanceof Committed).as(place).isIn(was, false);
      assertThat(run.outcome instanceof Stale).as(place).isIn(!was, false);
      run.world.goOn(heir, "i");
      run.world.assertAgreed(heir, "i");
      assertThat(heir.queries().get(new InstanceId("i"))).isPresent();
    }
  }
}
