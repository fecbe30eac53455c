package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.ReusePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Every kind of change, in a mixed sequence; the observer is called after each call. */
final class Workload {
  private final Runnable acknowledged;
  private final TestHub hub;

  Workload(Hub hub, Runnable acknowledged) {
    this.acknowledged = acknowledged;
    hub.create(TestHub.SPEC);
    acknowledged.run();
    this.hub = new TestHub(new OpenHub(hub, hub.open(TestHub.SPEC), TestHub.DEAF));
  }

  void run() {
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      flow(id);
    }
    hub.messages().send(List.of(Samples.event("z", "late")), TestHub.LEASE);
    acknowledged.run();
  }

  private void flow(String id) {
    hub.create(id, "e1");
    acknowledged.run();
    List<Delivery> start = hub.receive(id);
    acknowledged.run();
    List<Delivery> claimed =
        committed(
            hub.commit(
                id,
                RUNNING,
                List.of(Samples.recorded("one"), Samples.recorded("two")),
                List.of(
                    Samples.activity(id, "Charge", "1", true),
                    Samples.activity(id, "Ship", "2", false),
                    Samples.activity(id, "Bad", "3", false),
                    Samples.event(id, "timer", TestClock.START.plusSeconds(3600))),
                start));
    Delivery charge = claimed.get(0);
    hub.messages().respond(charge, Samples.result(id, charge.message()));
    acknowledged.run();
    Delivery ship = only(hub, "ship");
    acknowledged.run();
    hub.messages().release(List.of(ship), Duration.ofHours(1));
    acknowledged.run();
    Delivery bad = only(hub, "bad");
    acknowledged.run();
    hub.messages().quarantine(bad, FailureDetails.of("Poison", "it is bad", true));
    acknowledged.run();
    MessageId set = bad.message().id();
    if (id.compareTo("c") < 0) {
      hub.queries().requeue(set);
      acknowledged.run();
      List<Delivery> again = hub.activities(Set.of("bad"));
      acknowledged.run();
      hub.messages().delete(again);
      acknowledged.run();
    } else if (id.compareTo("e") < 0) {
      hub.queries().drop(set);
      acknowledged.run();
    }
    List<Delivery> answer = hub.receive(id);
    acknowledged.run();
    committed(
        hub.instances()
            .commit(
                hub.turn(
                    Samples.state(id, "e2", COMPLETED),
                    hub.version(id),
                    new HistoryChange.Restart(List.of(Samples.recorded("three"))),
                    List.of(),
                    answer)));
    if (id.equals("a") || id.equals("d")) {
      assertThat(hub.instances().purge(hub.get(id).orElseThrow())).isTrue();
      acknowledged.run();
    } else if (id.equals("b")) {
      hub.instances().create(Samples.instance(id, "e3"), ReusePolicy.ifFinished());
      acknowledged.run();
    }
  }

  private static Delivery only(TestHub hub, String activity) {
    return hub.activities(Set.of(activity)).get(0);
  }

  private List<Delivery> committed(CommitOutcome outcome) {
    acknowledged.run();
    assertThat(outcome).isInstanceOf(Committed.class);
    return ((Committed) outcome).claimed();
  }
}
