package io.durable4j.azurestorage.store;

import static io.durable4j.azurestorage.store.Rig.ACTIVITIES;
import static io.durable4j.azurestorage.store.Rig.CONTROL;
import static io.durable4j.azurestorage.store.Rig.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.Outbound;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Processes that die at any call of an answer, of setting aside, and of putting back. */
class AnswerCrashTest {
  private static final FailureDetails WHY =
      new FailureDetails("Poison", "no good", "at x", null, true, java.util.Map.of("times", 3));
  private static final String LARGE = "y".repeat(50_000);

  private static Set<MessageId> ids(List<Delivery> deliveries) {
    Set<MessageId> ids = new LinkedHashSet<>();
    deliveries.forEach(d -> ids.add(d.message().id()));
    return ids;
  }

  /** Each point in a fresh world; tells how many there are. */
  private static int everywhere(Consumer<Integer> dies) {
    int point = 0;
    try {
      while (true) {
        dies.accept(++point);
      }
    } catch (Ended e) {
      return point;
    }
  }

  /** No point was left to die at. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static void dieAt(Rig rig, int point, Runnable what) {
    if (!rig.plug.dies(point, what)) {
      throw new Ended();
    }
  }

  @Test
  void theResultIsThereOrTheRequest() {
    int points =
        everywhere(
            point -> {
              Rig rig = new Rig();
              rig.send(rig.task("a"));
              Delivery request = rig.receiveOne(ACTIVITIES);
              Outbound result = rig.event("result", LARGE, rig.clock.instant());
              dieAt(rig, point, () -> rig.messages().respond(request, result));
              rig.pass(LEASE.plusSeconds(1));
              List<Delivery> requests = rig.receive(rig.process().messages(), ACTIVITIES);
              Set<MessageId> results = ids(rig.receive(rig.process().messages(), CONTROL));
              assertThat(requests.size() + results.size()).as("point %d", point).isPositive();
              requests.forEach(again -> rig.messages().respond(again, result));
              rig.pass(LEASE.plusSeconds(1));
              assertThat(ids(rig.receive(CONTROL))).containsExactly(result.message().id());
              assertThat(rig.length(ACTIVITIES)).isZero();
            });
    assertThat(points).isGreaterThan(8);
  }

  @Test
  void aMessageThatIsSetAsideIsNeverLostAndListedOnce() {
    int points =
        everywhere(
            point -> {
              Rig rig = new Rig();
              rig.send(rig.event("bad", LARGE, rig.clock.instant()));
              Delivery bad = rig.receiveOne(CONTROL);
              dieAt(rig, point, () -> rig.messages().quarantine(bad, WHY));
              rig.pass(LEASE.plusSeconds(1));
              List<Delivery> again = rig.receive(rig.process().messages(), CONTROL);
              again.forEach(d -> rig.messages().quarantine(d, WHY));
              assertThat(rig.setAside()).as("point %d", point).hasSize(1);
              Quarantined q = rig.setAside().get(0);
              assertThat(q.message()).isEqualTo(bad.message());
              assertThat(q.why()).isEqualTo(WHY);
              assertThat(q.times()).isEqualTo(3);
              assertThat(rig.length(CONTROL)).isZero();
            });
    assertThat(points).isGreaterThan(8);
  }

  @Test
  void aMessageThatIsPutBackIsNeverLost() {
    int points =
        everywhere(
            point -> {
              Rig rig = new Rig();
              rig.send(rig.event("bad", LARGE, rig.clock.instant()));
              Delivery bad = rig.receiveOne(CONTROL);
              rig.messages().quarantine(bad, WHY);
              MessageId id = bad.message().id();
              dieAt(rig, point, () -> rig.hub.queries().requeue(id));
              assertThat(rig.setAside().size() + rig.length(CONTROL)).isPositive();
              rig.process().queries().requeue(id);
              assertThat(rig.setAside()).isEmpty();
              List<Delivery> back = rig.receive(rig.process().messages(), CONTROL);
              assertThat(ids(back)).as("point %d", point).containsExactly(id);
              assertThat(back).allMatch(d -> d.message().equals(bad.message()));
              assertThat(back).allMatch(d -> d.attempt() == 1);
              rig.messages().delete(back);
              assertThat(rig.length(CONTROL)).isZero();
            });
    assertThat(points).isGreaterThan(8);
  }

  @Test
  void aDamagedTextIsNeverLost() {
    int points =
        everywhere(
            point -> {
              Rig rig = new Rig();
              rig.account.queues().send("myhub-workitems", "%%%", Duration.ZERO);
              dieAt(rig, point, () -> rig.receive(ACTIVITIES));
              rig.pass(LEASE.plusSeconds(1));
              rig.receive(rig.process().messages(), ACTIVITIES);
              assertThat(rig.setAside()).as("point %d", point).hasSize(1);
              assertThat(rig.length(ACTIVITIES)).isZero();
            });
    assertThat(points).isGreaterThan(8);
  }

  @Test
  void aResultTellsTheEpisodeOfItsRequest() {
    Rig rig = new Rig();
    rig.inside().send(List.of(rig.task("a")), LEASE, 7);
    rig.messages().respond(rig.receiveOne(ACTIVITIES), rig.event("r1"));
    assertThat(Hold.of(rig.receiveOne(CONTROL)).what().episode()).isEqualTo(7);
    rig.send(rig.task("b"));
    rig.messages().respond(rig.receiveOne(ACTIVITIES), rig.event("r2"));
    assertThat(Hold.of(rig.receiveOne(CONTROL)).what().episode()).isEqualTo(-1);
  }
}
