package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.history.HistoryEvent;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A commit takes effect while another process reads the instance, between any two of its calls. */
class OvertakenReaderTest {
  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aReaderShowsNothingOld(Scenario scenario) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      scenario.prepare().apply(w);
      w.clock.advance(Duration.ofSeconds(31)); // so that each row is written
      TaskHub owner = w.worker();
      Stored before = World.load(owner, "i");
      TurnCommit c = scenario.turn().of(w, before);
      String point = "point " + at;
      TaskHub reader = w.worker();
      reached = overtake(w, at, () -> owner.instances().commit(c), () -> World.load(reader, "i"));
      assertThat(w.worker().queries().get(c.next().id()))
          .as(point)
          .isEqualTo(Optional.ofNullable(reached ? c.next() : before.state()));
      if (reached) {
        w.goOn(owner, "i");
        w.assertAgreed(reader, "i");
      }
    }
    assertThat(reached).isFalse();
  }

  /** The event that a page ends with may be of either; none is of neither. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void aReaderOfThePagesNeedsNoBlobThatIsGone(Scenario scenario) {
    boolean reached = true;
    for (int at = 1; reached; at++) {
      World w = new World();
      scenario.prepare().apply(w);
      TaskHub owner = w.worker();
      Stored before = World.load(owner, "i");
      TurnCommit c = scenario.turn().of(w, before);
      List<HistoryEvent> known = new ArrayList<>(before.history());
      known.addAll(c.history().events());
      TaskHub reader = w.worker();
      reached =
          overtake(
              w,
              at,
              () -> owner.instances().commit(c),
              () ->
                  assertThat(reader.queries().history(c.next().id(), null, null).items())
                      .isSubsetOf(known));
    }
  }

  /** Commits at a point of another's reading; false when it has not so many. */
  private static boolean overtake(
      World w, int at, Supplier<CommitOutcome> commit, Runnable reading) {
    int[] points = {0};
    w.points(
        call -> {
          if (++points[0] == at) {
            assertThat(commit.get()).isInstanceOf(Committed.class);
          }
        });
    reading.run();
    w.points(Points.NONE);
    return points[0] >= at;
  }
}
